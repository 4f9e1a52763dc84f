// Two Bronze streams compared record by record.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace connhost {

struct LandedDifference {
  std::string stream;
  uint64_t same = 0;
  uint64_t only_before = 0;
  uint64_t only_after = 0;
  // The data of some that differ, at most three a side: "- {...}", "+ {...}".
  std::vector<std::string> examples;

  bool none() const { return only_before == 0 && only_after == 0; }
};

// Compares the `data` of the visible lines (docs/formats/bronze.md) of two folders, whatever their
// order, each as often as it stands there. Records are compared by 64-bit hashes, in 24 bytes of
// memory a record and side. Error{kTransient} when a file cannot be read.
LandedDifference CompareLanded(const std::string& stream, const std::filesystem::path& before,
                               const std::filesystem::path& after);

}  // namespace connhost
