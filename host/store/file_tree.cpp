#include "host/store/file_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "base/files.h"
#include "host/store/refusal.h"

namespace connhost {
namespace {

struct Child {
  std::string name;
  struct stat status;
};

UniqueFd OpenFolder(int parent, const std::string& name, const std::string& what) {
  UniqueFd fd(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!fd.valid()) throw StorageError("open folder " + what);
  return fd;
}

std::vector<Child> Children(int folder, const std::string& what) {
  UniqueFd copy(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(copy.get()), ::closedir);
  if (!stream) throw StorageError("read folder " + what);
  copy.Release();
  std::vector<Child> children;
  while (const dirent* entry = ::readdir(stream.get())) {
    Child child{entry->d_name, {}};
    if (child.name == "." || child.name == "..") continue;
    if (::fstatat(folder, entry->d_name, &child.status, AT_SYMLINK_NOFOLLOW) == 0) {
      children.push_back(std::move(child));
    }
  }
  return children;
}

void Seal(int folder, const std::string& what) {
  for (const Child& child : Children(folder, what)) {
    if (!S_ISDIR(child.status.st_mode)) continue;
    const std::string inner = what + "/" + child.name;
    Seal(OpenFolder(folder, child.name, inner).get(), inner);
  }
  if (::fchmod(folder, 0555) != 0 || ::fsync(folder) != 0) throw StorageError("seal " + what);
}

void List(int folder, const std::string& prefix, std::vector<TreeFile>& files) {
  for (const Child& child : Children(folder, prefix)) {
    const std::string path = prefix + child.name;
    if (S_ISDIR(child.status.st_mode)) {
      List(OpenFolder(folder, child.name, path).get(), path + "/", files);
    } else {
      files.push_back(
          {path, static_cast<uint64_t>(child.status.st_size), S_ISREG(child.status.st_mode)});
    }
  }
}

uint64_t Empty(int folder, const std::string& what) {
  uint64_t freed = 0;
  ::fchmod(folder, 0700);  // a failure shows at the first unlink
  for (const Child& child : Children(folder, what)) {
    const std::string inner = what + "/" + child.name;
    const bool is_folder = S_ISDIR(child.status.st_mode);
    if (is_folder) freed += Empty(OpenFolder(folder, child.name, inner).get(), inner);
    if (::unlinkat(folder, child.name.c_str(), is_folder ? AT_REMOVEDIR : 0) != 0) {
      throw StorageError("remove " + inner);
    }
    if (!is_folder) freed += static_cast<uint64_t>(child.status.st_size);
  }
  return freed;
}

}  // namespace

void SealTree(const std::filesystem::path& root) {
  Seal(OpenFolder(AT_FDCWD, root.string(), root.string()).get(), root.string());
}

std::vector<std::string> ListNames(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  const std::string what = folder.string();
  for (Child& child : Children(OpenFolder(AT_FDCWD, what, what).get(), what)) {
    names.push_back(std::move(child.name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<TreeFile> ListTree(const std::filesystem::path& root) {
  std::vector<TreeFile> files;
  List(OpenFolder(AT_FDCWD, root.string(), root.string()).get(), "", files);
  std::sort(files.begin(), files.end(),
            [](const TreeFile& a, const TreeFile& b) { return a.path < b.path; });
  return files;
}

uint64_t RemoveTree(const std::filesystem::path& root) {
  struct stat status {};
  if (::lstat(root.c_str(), &status) != 0) {
    if (errno == ENOENT) return 0;
    throw StorageError("look at " + root.string());
  }
  uint64_t freed = 0;
  if (S_ISDIR(status.st_mode)) {
    freed = Empty(OpenFolder(AT_FDCWD, root.string(), root.string()).get(), root.string());
    if (::rmdir(root.c_str()) != 0) throw StorageError("remove " + root.string());
  } else if (::unlink(root.c_str()) != 0) {
    throw StorageError("remove " + root.string());
  }
  return freed;
}

}  // namespace connhost
