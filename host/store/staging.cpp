#include "host/store/staging.h"

#include <stdlib.h>
#include <unistd.h>

#include <cstdio>

#include "base/error.h"
#include "host/store/file_tree.h"
#include "host/store/refusal.h"
#include "host/store/store_names.h"

namespace connhost {
namespace {

std::filesystem::path MakeFolder(const std::filesystem::path& store, std::string_view prefix) {
  std::string pattern = (store / (std::string(prefix) + "XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw StorageError("create a folder in " + store.string());
  }
  return pattern;
}

}  // namespace

Staging::Staging(const std::filesystem::path& store) : path_(MakeFolder(store, kStagingPrefix)) {}

Staging::~Staging() {
  try {
    RemoveTree(path_);
  } catch (const Error&) {
    // Collect removes it later.
  }
}

std::filesystem::path MoveToTrash(const std::filesystem::path& entry) {
  std::filesystem::path trash = MakeFolder(entry.parent_path(), kTrashPrefix);
  // A plain file cannot be renamed over a folder; the free name serves both.
  if (::rmdir(trash.c_str()) != 0 || ::rename(entry.c_str(), trash.c_str()) != 0) {
    throw StorageError("move " + entry.string() + " away");
  }
  return trash;
}

}  // namespace connhost
