#include "host/store/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/hash.h"
#include "host/store/extractor.h"
#include "host/store/file_tree.h"
#include "host/store/refusal.h"
#include "host/store/staging.h"
#include "host/store/store_names.h"

namespace connhost {
namespace {

UniqueFd Lock(UniqueFd fd, int how, const std::filesystem::path& path) {
  while (::flock(fd.get(), how) != 0) {
    if (errno != EINTR) throw ErrnoError(ErrorKind::kTransient, "lock " + path.string());
  }
  return fd;
}

// Error{kPolicy} about an entry that does not hold what it should.
Error Damage(const PackagePaths& entry, const std::string& problem) {
  return Error(ErrorKind::kPolicy, "package " + entry.root.string() + " is damaged: " + problem +
                                       "; install it again to repair it");
}

void CheckPresence(const PackagePaths& entry) {
  for (const Sum& sum : entry.files) {
    struct stat status {};
    const bool there = ::lstat((entry.root / sum.path).c_str(), &status) == 0;
    if (!there || !S_ISREG(status.st_mode)) throw Damage(entry, sum.path + " is not there");
    if (static_cast<uint64_t>(status.st_size) != sum.size) {
      throw Damage(entry, sum.path + " has " + std::to_string(status.st_size) +
                              " bytes, SUMS says " + std::to_string(sum.size));
    }
  }
}

void CheckContent(const PackagePaths& entry) {
  for (const Sum& sum : entry.files) {
    const std::filesystem::path path = entry.root / sum.path;
    const UniqueFd fd = OpenFile(path, O_RDONLY | O_NOFOLLOW);
    const std::string found = Sha256OfFd(fd.get(), path.string());
    if (found != sum.sha256) {
      throw Damage(entry, sum.path + " has sha256 " + found + ", SUMS says " + sum.sha256);
    }
  }
  for (const TreeFile& file : ListTree(entry.root)) {
    if (file.path != kSumsName && entry.Find(file.path) == nullptr) {
      throw Damage(entry, "SUMS does not name " + PrintableName(file.path));
    }
  }
}

}  // namespace

Store::Store(std::filesystem::path root, PackageLimits limits)
    : root_(std::move(root)), limits_(limits) {
  MakeDirectories(root_);
}

AddingLock Store::LockForAdding() const {
  const auto path = root_ / kLockName;
  return AddingLock(Lock(OpenFile(path, O_RDWR | O_CREAT, 0600), LOCK_SH, path));
}

CollectingLock Store::LockForCollecting() const {
  const auto path = root_ / kLockName;
  return CollectingLock(Lock(OpenFile(path, O_RDWR | O_CREAT, 0600), LOCK_EX, path));
}

PackagePaths Store::Add(const AddingLock&, const PackageFile& package, const Check& check) const {
  if (std::optional<PackagePaths> entry = FindWhole(package.digest)) {
    check(*entry);
    return *std::move(entry);
  }
  const Staging staging(root_);
  Extractor extractor(staging.path());
  PackagePaths staged{package.digest, staging.path(), {}};
  staged.files = ReadPackage(package, extractor, limits_);
  SealTree(staging.path());
  check(staged);
  Enter(staging.path(), package.digest);
  return Open(package.digest);
}

// One at a time, so that two processes that repair an entry do not throw out each other's.
void Store::Enter(const std::filesystem::path& staging, const std::string& digest) const {
  const UniqueFd lock = Lock(OpenFile(root_, O_RDONLY | O_DIRECTORY), LOCK_EX, root_);
  if (FindWhole(digest)) return;
  const std::filesystem::path entry = EntryPath(digest);
  std::filesystem::path damaged;
  if (std::filesystem::exists(std::filesystem::symlink_status(entry))) damaged = MoveToTrash(entry);
  if (::rename(staging.c_str(), entry.c_str()) != 0) {
    throw StorageError("rename " + staging.string() + " to " + entry.string());
  }
  FsyncDirectory(root_);
  if (!damaged.empty()) RemoveTree(damaged);
}

PackagePaths Store::Open(const std::string& digest) const {
  PackagePaths entry{digest, EntryPath(digest), {}};
  struct stat status {};
  if (::lstat(entry.root.c_str(), &status) != 0) {
    throw Error(ErrorKind::kConfig,
                "package " + entry.root.string() + " is not in the store; install it again");
  }
  if (!S_ISDIR(status.st_mode)) throw Damage(entry, "it is no folder");
  try {
    entry.files = ParseSums(ReadFile(entry.root / kSumsName, kMostSumsBytes), "it");
  } catch (const Error& error) {
    throw Damage(entry, error.what());
  }
  CheckPresence(entry);
  return entry;
}

PackagePaths Store::Verify(const std::string& digest) const {
  PackagePaths entry = Open(digest);
  CheckContent(entry);
  return entry;
}

std::vector<StoreEntry> Store::List() const {
  std::vector<StoreEntry> entries;
  for (const std::string& name : ListNames(root_)) {
    if (name == kLockName || name.starts_with(kStagingPrefix) || name.starts_with(kTrashPrefix)) {
      continue;
    }
    StoreEntry entry{DigestOfEntry(name), root_ / name, ""};
    if (entry.digest.empty()) {
      entry.problem = entry.path.string() + " is not a package of the store; move it elsewhere";
    } else {
      try {
        Open(entry.digest);
      } catch (const Error& error) {
        entry.problem = error.what();
      }
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::filesystem::path Store::EntryPath(const std::string& digest) const {
  if (!IsSha256Hex(digest)) {
    throw Error(ErrorKind::kInternal,
                "expected a digest of 64 hex digits, found " + PrintableName(digest));
  }
  return root_ / (std::string(kEntryPrefix) + digest);
}

std::optional<PackagePaths> Store::FindWhole(const std::string& digest) const {
  try {
    return Verify(digest);
  } catch (const Error&) {
    return std::nullopt;  // absent, damaged or unreadable: adding it again is the cure
  }
}

}  // namespace connhost
