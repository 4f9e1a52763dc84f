// Which names may occur in a package, alone and together. Rules: docs/formats/package.md, "Names
// inside".
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace connhost {

// What is wrong with the name of a file or folder, as the second half of a sentence; "" when it may
// stand. A folder's name comes without its closing slash.
std::string EntryNameProblem(std::string_view name);

// The names of one package: finds what clashes.
class EntryNames {
 public:
  // Takes in a name that passed EntryNameProblem. Returns the problem it makes with the names
  // before it (twice, letter case, file against folder, top-level rule), or "".
  std::string Add(std::string_view name, bool is_folder);

 private:
  struct Known {
    std::string name;
    bool is_folder = false;
  };
  std::string AddOne(std::string_view name, bool is_folder, bool implied);

  std::unordered_map<std::string, Known> by_folded_;  // key: the name in lowercase
};

}  // namespace connhost
