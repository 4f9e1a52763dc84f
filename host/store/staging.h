// A folder of the store that is gone at the end of its object's life, unless it was renamed before.
#pragma once

#include <filesystem>
#include <string_view>

namespace connhost {

class Staging {
 public:
  // Creates `store`/.staging-XXXXXX; Error{kTransient} when it cannot.
  explicit Staging(const std::filesystem::path& store);
  Staging(Staging&&) = delete;
  ~Staging();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Renames an entry, whatever it is, to a fresh .trash-XXXXXX beside it and returns that path. The
// caller holds a lock that keeps others from doing the same. Error{kTransient}.
std::filesystem::path MoveToTrash(const std::filesystem::path& entry);

}  // namespace connhost
