#include "file_system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include <connhost/failure.hpp>

namespace connhost::bronze {

namespace fs = std::filesystem;

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    Close();
    fd_ = std::exchange(other.fd_, -1);
    path_ = std::move(other.path_);
  }
  return *this;
}

void File::Close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

void ThrowErrno(int error, const char* operation, const std::string& path) {
  const std::string what =
      std::string(operation) + " " + path + ": " + std::generic_category().message(error);
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      throw sdk::TransientFailure(what +
                                  ". Free some space there; the next run goes on from the "
                                  "last commit");
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOTDIR:
    case EISDIR:
    case ENAMETOOLONG:
    case ELOOP:
      throw sdk::ConfigFailure(what +
                               ". The destination's 'path' must be a folder in which the "
                               "connector may create files: correct it, or its permissions");
    default:
      throw sdk::TransientFailure(what + ". The next run goes on from the last commit");
  }
}

std::string JoinPath(const std::string& folder, const std::string& name) {
  return folder + "/" + name;
}

std::string ParentOf(const std::string& path) {
  return fs::path(path).parent_path().string();
}

int FileSystem::Before(const char*, const std::string&) {
  return 0;
}

int FileSystem::Announce(const char* operation, const std::string& path) {
  const int error = Before(operation, path);
  if (error == 0) return 0;
  errno = error;
  return -1;
}

void FileSystem::Check(int result, const char* operation, const std::string& path) const {
  if (result < 0) ThrowErrno(errno, operation, path);
}

File FileSystem::Open(const std::string& path, int flags) {
  if ((flags & O_CREAT) != 0) Check(Announce("create", path), "create", path);
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0644);
  Check(fd, "open", path);
  return File(fd, path);
}

void FileSystem::WriteAt(const File& file, const char* bytes, size_t size, uint64_t offset) {
  Check(Announce("write", file.path()), "write", file.path());
  while (size > 0) {
    const ssize_t written = ::pwrite(file.fd(), bytes, size, static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EINVAL) {
      const int flags = ::fcntl(file.fd(), F_GETFL);
      const bool direct = flags >= 0 && (flags & O_DIRECT) != 0;
      if (direct && ::fcntl(file.fd(), F_SETFL, flags & ~O_DIRECT) == 0) continue;
      errno = EINVAL;
    }
    Check(written < 0 ? -1 : 0, "write", file.path());
    if (written == 0) ThrowErrno(EIO, "write", file.path());
    bytes += written;
    size -= static_cast<size_t>(written);
    offset += static_cast<uint64_t>(written);
  }
}

void FileSystem::Truncate(const File& file, uint64_t size) {
  Check(Announce("truncate", file.path()), "truncate", file.path());
  Check(::ftruncate(file.fd(), static_cast<off_t>(size)), "truncate", file.path());
}

void FileSystem::Sync(const File& file) {
  Check(Announce("sync", file.path()), "sync", file.path());
  Check(::fdatasync(file.fd()), "sync", file.path());
}

void FileSystem::SyncFolder(const std::string& path) {
  Check(Announce("sync", path), "sync", path);
  const File folder = Open(path, O_RDONLY | O_DIRECTORY);
  Check(::fsync(folder.fd()), "sync", path);
}

void FileSystem::Rename(const std::string& from, const std::string& to) {
  Check(Announce("rename", to), "rename", to);
  Check(::rename(from.c_str(), to.c_str()), "rename", from);
}

bool FileSystem::Exchange(const std::string& one, const std::string& other) {
  int result = Announce("exchange", other);
  if (result == 0) {
    result = ::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE);
  }
  if (result < 0 && (errno == EINVAL || errno == ENOSYS)) return false;
  Check(result, "exchange", other);
  return true;
}

void FileSystem::Remove(const std::string& path) {
  Check(Announce("remove", path), "remove", path);
  if (::unlink(path.c_str()) < 0 && errno != ENOENT) ThrowErrno(errno, "remove", path);
}

void FileSystem::RemoveFolder(const std::string& path) {
  for (const std::string& name : List(path)) {
    const std::string entry = JoinPath(path, name);
    std::error_code error;
    if (fs::symlink_status(entry, error).type() == fs::file_type::directory) {
      RemoveFolder(entry);
    } else {
      Remove(entry);
    }
  }
  Check(Announce("remove", path), "remove", path);
  if (::rmdir(path.c_str()) < 0 && errno != ENOENT) ThrowErrno(errno, "remove", path);
}

void FileSystem::MakeFolders(const std::string& path) {
  if (path.empty() || fs::is_directory(path)) return;
  const std::string parent = ParentOf(path);
  MakeFolders(parent);
  Check(Announce("make the folder", path), "make the folder", path);
  if (::mkdir(path.c_str(), 0755) < 0 && errno != EEXIST) {
    ThrowErrno(errno, "make the folder", path);
  }
  if (!fs::is_directory(path)) ThrowErrno(ENOTDIR, "make the folder", path);
  SyncFolder(parent.empty() ? "." : parent);
}

void FileSystem::ReplaceDurably(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".tmp";
  const File file = Open(temporary, O_WRONLY | O_CREAT | O_TRUNC);
  WriteAt(file, content.data(), content.size(), 0);
  Sync(file);
  RenameDurably(temporary, path);
}

void FileSystem::RenameDurably(const std::string& temporary, const std::string& path) {
  SyncFolder(ParentOf(path));
  Rename(temporary, path);
  SyncFolder(ParentOf(path));
}

bool FileSystem::Exists(const std::string& path) const {
  std::error_code error;
  return fs::symlink_status(path, error).type() > fs::file_type::not_found;
}

uint64_t FileSystem::SizeOf(const std::string& path) const {
  struct stat status {};
  Check(::stat(path.c_str(), &status), "look at", path);
  return static_cast<uint64_t>(status.st_size);
}

bool FileSystem::Read(const std::string& path, size_t most, std::string* content) const {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) return false;
  Check(fd, "open", path);
  const File file(fd, path);
  char block[16384];
  content->clear();
  while (true) {
    const ssize_t got = ::read(fd, block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    Check(got < 0 ? -1 : 0, "read", path);
    if (got == 0) return true;
    content->append(block, static_cast<size_t>(got));
    if (content->size() > most) {
      throw sdk::ConfigFailure(path + " is larger than " + std::to_string(most) +
                               " bytes, which this connector never writes: something else did. "
                               "Move it away");
    }
  }
}

std::vector<std::string> FileSystem::List(const std::string& path) const {
  std::vector<std::string> names;
  std::error_code error;
  fs::directory_iterator at(path, error);
  if (error.value() == ENOENT) return names;
  for (; !error && at != fs::directory_iterator(); at.increment(error)) {
    names.push_back(at->path().filename().string());
  }
  if (error) ThrowErrno(error.value(), "list", path);
  return names;
}

}  // namespace connhost::bronze
