// The content-addressed store of packages. Format and crash rules: docs/formats/store.md.
//
// Threads and processes: any number may use one store at once, each through its own object or a
// shared one (there is no state in memory). Killing a process at any instant leaves the store
// usable; what is left over goes with the next Collect.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"
#include "host/store/package_limits.h"
#include "host/store/package_paths.h"
#include "host/store/package_reader.h"

namespace connhost {

// The right to add to a store (shared) or to remove from it (exclusive), given back at the end of
// the object's life or of the process.
class StoreLock {
 public:
  explicit StoreLock(UniqueFd fd) : fd_(std::move(fd)) {}

 private:
  UniqueFd fd_;
};
class AddingLock : public StoreLock {
  using StoreLock::StoreLock;
};
class CollectingLock : public StoreLock {
  using StoreLock::StoreLock;
};

struct StoreEntry {
  std::string digest;  // "" when the name is not one of the store's
  std::filesystem::path path;
  std::string problem;  // a sentence; "" when the entry is whole
};

struct CollectResult {
  std::vector<std::string> removed;  // digests
  size_t leftovers = 0;              // staging and trash folders of crashed processes
  uint64_t freed_bytes = 0;
};

class Store {
 public:
  // `root` is the store's own folder; it is created when it is not there. Throws Error{kConfig}.
  explicit Store(std::filesystem::path root, PackageLimits limits = {});

  const std::filesystem::path& root() const { return root_; }
  const PackageLimits& limits() const { return limits_; }

  // Waits while a Collect is under way. Hold it from before Add until the registry names the entry,
  // else a Collect may take the entry away in between.
  AddingLock LockForAdding() const;
  // Waits until nobody adds.
  CollectingLock LockForCollecting() const;

  // Called by Add with the package's content before it becomes an entry; what it throws refuses the
  // package, and nothing of it stays. The paths are valid during the call.
  using Check = std::function<void(const PackagePaths&)>;

  // Unpacks, checks and enters the package; its entry is durable on return. A whole entry of the
  // same digest is kept as it is (`check` runs on it too), a damaged one replaced. Throws what
  // ReadPackage and `check` throw, Error{kTransient} when the disk is full.
  PackagePaths Add(const AddingLock& lock, const PackageFile& package, const Check& check) const;

  // The entry, after a look at SUMS and at the presence and size of every file. Error{kConfig} when
  // there is none, Error{kPolicy} when it is damaged.
  PackagePaths Open(const std::string& digest) const;

  // Open, and hashes every file; nothing that SUMS does not name may lie beside them.
  PackagePaths Verify(const std::string& digest) const;

  // Everything that lies in the store, by name, damaged entries with the sentence that Open gives.
  // Staging and trash folders are not listed.
  std::vector<StoreEntry> List() const;

  // Removes every entry whose digest is not in `keep`, and what crashed processes left. Read `keep`
  // after taking the lock.
  CollectResult Collect(const CollectingLock& lock, const std::set<std::string>& keep) const;

 private:
  std::filesystem::path EntryPath(const std::string& digest) const;
  void Enter(const std::filesystem::path& staging, const std::string& digest) const;
  std::optional<PackagePaths> FindWhole(const std::string& digest) const;

  std::filesystem::path root_;
  PackageLimits limits_;
};

}  // namespace connhost
