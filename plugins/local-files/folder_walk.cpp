#include "plugins/local-files/folder_walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <system_error>

namespace connhost::local_files {

namespace {

constexpr int kFolder = O_RDONLY | O_CLOEXEC | O_DIRECTORY;

// Takes the descriptor over. Empty with errno set when it cannot be listed.
std::vector<std::string> Names(int fd) {
  std::vector<std::string> names;
  DIR* folder = fdopendir(fd);
  if (folder == nullptr) {
    close(fd);
    return names;
  }
  errno = 0;
  while (const dirent* entry = readdir(folder)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  const int fault = errno;
  closedir(folder);
  errno = fault;
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) close(fd_);
}

Descriptor FoundFile::Open() const {
  return Descriptor(openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
}

FolderWalk::FolderWalk(const Settings& settings)
    : settings_(settings), root_(open(settings.path.c_str(), kFolder)) {
  char real[PATH_MAX];
  if (!root_.valid() || realpath(settings.path.c_str(), real) == nullptr) {
    throw sdk::ConfigFailure("'path' must name a folder that can be read, but '" + settings.path +
                             "' gives: " + std::generic_category().message(errno));
  }
  real_root_ = real;
}

void FolderWalk::Run(WalkVisitor& visitor) {
  walked_.clear();
  Walk(Descriptor(openat(root_.get(), ".", kFolder)), "", visitor);
}

void FolderWalk::Walk(Descriptor folder, const std::string& path, WalkVisitor& visitor) {
  struct stat info {};
  if (!folder.valid() || fstat(folder.get(), &info) != 0) {
    return visitor.Unreadable(path, std::generic_category().message(errno));
  }
  if (!walked_.emplace(info.st_dev, info.st_ino).second) return;
  errno = 0;
  const int copy = fcntl(folder.get(), F_DUPFD_CLOEXEC, 0);
  const std::vector<std::string> names = copy < 0 ? std::vector<std::string>() : Names(copy);
  if (errno != 0) return visitor.Unreadable(path, std::generic_category().message(errno));
  for (const std::string& name : names) {
    Entry(folder.get(), path.empty() ? name : path + "/" + name, name, visitor);
  }
}

void FolderWalk::Entry(int folder, const std::string& path, const std::string& name,
                       WalkVisitor& visitor) {
  struct stat info {};
  if (fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno == ENOENT) return;  // gone since it was listed
    return visitor.Unreadable(path, std::generic_category().message(errno));
  }
  if (S_ISLNK(info.st_mode)) {
    if (settings_.follow_symlinks) Link(path, visitor);
    return;
  }
  if (settings_.Excludes(path, S_ISDIR(info.st_mode))) return;
  if (S_ISDIR(info.st_mode)) {
    Walk(Descriptor(openat(folder, name.c_str(), kFolder | O_NOFOLLOW)), path, visitor);
  } else if (S_ISREG(info.st_mode) && settings_.Includes(path)) {
    visitor.File({path, info, folder, name});
  }
}

void FolderWalk::Link(const std::string& path, WalkVisitor& visitor) {
  char real[PATH_MAX];
  if (realpath((real_root_ + "/" + path).c_str(), real) == nullptr) {
    return visitor.Unreadable(
        path, std::string("a link to nowhere: ") + std::generic_category().message(errno));
  }
  std::string target = real;
  if (target == real_root_) return;  // the root itself is being walked
  const std::string inside = real_root_ == "/" ? "/" : real_root_ + "/";
  if (!target.starts_with(inside)) {
    return visitor.Unreadable(path, "a link that leads out of the folder is not followed");
  }
  target.erase(0, inside.size());
  const size_t slash = target.rfind('/');
  const Descriptor parent =
      OpenBelowRoot(slash == target.npos ? "" : target.substr(0, slash), kFolder);
  const std::string name = target.substr(slash + 1);
  struct stat info {};
  if (!parent.valid() || fstatat(parent.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
    return visitor.Unreadable(path, std::generic_category().message(errno));
  }
  if (settings_.Excludes(path, S_ISDIR(info.st_mode))) return;
  if (S_ISDIR(info.st_mode)) {
    Walk(OpenBelowRoot(target, kFolder), path, visitor);
  } else if (S_ISREG(info.st_mode) && settings_.Includes(path)) {
    visitor.File({path, info, parent.get(), name});
  }
}

Descriptor FolderWalk::OpenBelowRoot(const std::string& path, int flags) const {
  Descriptor at(openat(root_.get(), ".", flags));
  for (size_t from = 0; at.valid() && from < path.size();) {
    const size_t to = std::min(path.find('/', from), path.size());
    const std::string name = path.substr(from, to - from);
    at = Descriptor(openat(at.get(), name.c_str(), flags | O_NOFOLLOW));
    from = to + 1;
  }
  return at;
}

bool FolderWalk::ComesBefore(const std::string& a, const std::string& b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    const auto rank = [](char c) { return c == '/' ? 0 : 1 + static_cast<unsigned char>(c); };
    return rank(x) < rank(y);
  });
}

}  // namespace connhost::local_files
