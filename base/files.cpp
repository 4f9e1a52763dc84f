#include "base/files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"

namespace connhost {

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept {
  if (this != &other) {
    Reset();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

void UniqueFd::Reset() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

UniqueFd OpenFile(const std::filesystem::path& path, int flags, unsigned mode) {
  UniqueFd fd(::open(path.c_str(), flags | O_CLOEXEC, mode));
  if (!fd.valid()) throw ErrnoError(ErrorKind::kConfig, "open " + path.string());
  return fd;
}

std::string ReadFile(const std::filesystem::path& path, size_t most) {
  const UniqueFd fd = OpenFile(path, O_RDONLY);
  std::string content;
  char block[65536];
  while (true) {
    const ssize_t got = ::read(fd.get(), block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw ErrnoError(ErrorKind::kConfig, "read " + path.string());
    if (got == 0) return content;
    content.append(block, static_cast<size_t>(got));
    if (content.size() > most) {
      throw Error(ErrorKind::kConfig, path.string() + " is larger than the " +
                                          std::to_string(most) + " bytes allowed for it");
    }
  }
}

void WriteAll(int fd, std::string_view bytes, const std::string& what) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw ErrnoError(ErrorKind::kTransient, "write " + what);
    bytes.remove_prefix(static_cast<size_t>(put));
  }
}

void WriteFileAtomic(const std::filesystem::path& path, std::string_view content, unsigned mode) {
  std::string temporary = path.string() + ".XXXXXX";
  UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd.valid()) throw ErrnoError(ErrorKind::kTransient, "create " + temporary);
  try {
    WriteAll(fd.get(), content, path.string());
    if (::fchmod(fd.get(), mode) != 0 || ::fsync(fd.get()) != 0) {
      throw ErrnoError(ErrorKind::kTransient, "write " + path.string());
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
      throw ErrnoError(ErrorKind::kTransient, "rename to " + path.string());
    }
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
  FsyncDirectory(path.parent_path());
}

void FsyncDirectory(const std::filesystem::path& directory) {
  const UniqueFd fd = OpenFile(directory.empty() ? "." : directory, O_RDONLY | O_DIRECTORY);
  if (::fsync(fd.get()) != 0) {
    throw ErrnoError(ErrorKind::kTransient, "fsync " + directory.string());
  }
}

void MakeDirectories(const std::filesystem::path& directory) {
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  if (failure) {
    errno = failure.value();
    throw ErrnoError(ErrorKind::kConfig, "create folder " + directory.string());
  }
}

TemporaryDirectory::TemporaryDirectory(const std::filesystem::path& parent) {
  const auto base = parent.empty() ? std::filesystem::temp_directory_path() : parent;
  std::string pattern = (base / "connhost-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw ErrnoError(ErrorKind::kTransient, "create a folder in " + base.string());
  }
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace connhost
