#include "host/process/scratch_folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>

#include "base/error.h"

namespace connhost {
namespace {

UniqueFd OpenFolder(const std::filesystem::path& folder) {
  return UniqueFd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
}

void RemoveAll(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

// The caller holds the parent's lock, so no folder here is between its making and its locking.
void RemoveLeftOver(const std::filesystem::path& parent) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(parent, ignored)) {
    const UniqueFd folder = OpenFolder(entry.path());
    if (folder.valid() && ::flock(folder.get(), LOCK_EX | LOCK_NB) == 0) RemoveAll(entry.path());
  }
}

}  // namespace

ScratchFolder::ScratchFolder(const std::filesystem::path& parent) {
  MakeDirectories(parent);
  const UniqueFd parent_lock = OpenFile(parent, O_RDONLY | O_DIRECTORY);
  while (::flock(parent_lock.get(), LOCK_EX) != 0) {
    if (errno != EINTR) throw ErrnoError(ErrorKind::kTransient, "lock " + parent.string());
  }
  RemoveLeftOver(parent);
  std::string pattern = (parent / "guest-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw ErrnoError(ErrorKind::kTransient, "create a folder in " + parent.string());
  }
  path_ = pattern;
  lock_ = OpenFolder(path_);
  if (!lock_.valid() || ::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) {
    const Error error = ErrnoError(ErrorKind::kTransient, "lock " + pattern);
    RemoveAll(path_);
    throw error;
  }
}

ScratchFolder::~ScratchFolder() {
  RemoveAll(path_);
}

}  // namespace connhost
