// Files and descriptors: owners, whole-file reads, and writes that survive a crash.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace connhost {

// Owns one descriptor.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept;
  ~UniqueFd() { Reset(); }

  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  int Release() { return std::exchange(fd_, -1); }
  void Reset();

 private:
  int fd_ = -1;
};

// Opens with O_CLOEXEC; throws Error{kConfig} that names the path.
UniqueFd OpenFile(const std::filesystem::path& path, int flags, unsigned mode = 0644);

// The whole file; throws Error{kConfig} when it cannot be read or is larger than `most` bytes.
std::string ReadFile(const std::filesystem::path& path, size_t most = size_t{16} << 20);

// All bytes or Error{kTransient} "write WHAT: No space left on device".
void WriteAll(int fd, std::string_view bytes, const std::string& what);

// Temporary file beside it, fsync, rename, fsync of the folder: after a crash the old content or
// the new one stands, never a mixture.
void WriteFileAtomic(const std::filesystem::path& path, std::string_view content,
                     unsigned mode = 0644);

void FsyncDirectory(const std::filesystem::path& directory);

// Creates the folders; throws Error{kConfig}.
void MakeDirectories(const std::filesystem::path& directory);

// A fresh folder under `parent` (the system's temporary folder when empty), removed with all its
// content at the end of the object's life.
class TemporaryDirectory {
 public:
  explicit TemporaryDirectory(const std::filesystem::path& parent = {});
  TemporaryDirectory(TemporaryDirectory&&) = delete;
  ~TemporaryDirectory();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace connhost
