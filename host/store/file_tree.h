// Whole folders of the store: made read-only, listed, removed. Links are never followed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace connhost {

// fsyncs every folder, deepest first, and makes it 0555. Files are left as they are.
void SealTree(const std::filesystem::path& root);

// The names directly in a folder, sorted.
std::vector<std::string> ListNames(const std::filesystem::path& folder);

struct TreeFile {
  std::string path;  // under the root
  uint64_t size = 0;
  bool regular = true;  // false: a link or a special file
};

// Everything in the tree that is not a folder, sorted by path.
std::vector<TreeFile> ListTree(const std::filesystem::path& root);

// Removes the tree, read-only folders too; nothing there is no error. Returns the bytes of the
// files removed. Error{kTransient} when something stays.
uint64_t RemoveTree(const std::filesystem::path& root);

}  // namespace connhost
