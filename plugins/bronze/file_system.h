// File operations for everything that must survive a crash, each failing with a sentence that names
// the path, and each announced beforehand, so that a test can end the process or fail the operation
// at any one of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connhost::bronze {

// Owns a descriptor; knows its path for the sentences.
class File {
 public:
  File() = default;
  File(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  File(File&& other) noexcept : fd_(std::exchange(other.fd_, -1)), path_(std::move(other.path_)) {}
  File& operator=(File&& other) noexcept;
  ~File() { Close(); }

  int fd() const { return fd_; }
  const std::string& path() const { return path_; }
  bool is_open() const { return fd_ >= 0; }
  void Close();

 private:
  int fd_ = -1;
  std::string path_;
};

// Fails with TransientFailure (disk full, I/O error) or ConfigFailure (no permission, no folder).
// Has no state of its own: any thread.
class FileSystem {
 public:
  FileSystem() = default;
  FileSystem(const FileSystem&) = delete;
  FileSystem& operator=(const FileSystem&) = delete;
  virtual ~FileSystem() = default;

  // Called before each operation that changes something. An errno other than 0 makes the operation
  // fail with it. Any thread.
  virtual int Before(const char* operation, const std::string& path);

  // O_CLOEXEC is added; new files get 0644.
  File Open(const std::string& path, int flags);
  // `bytes` at `offset`, all of them. Where the file refuses direct I/O of this length, it is
  // turned off for the descriptor.
  void WriteAt(const File& file, const char* bytes, size_t size, uint64_t offset);
  void Truncate(const File& file, uint64_t size);
  // fdatasync: the content, and the size where it changed.
  void Sync(const File& file);
  // The folder's entries.
  void SyncFolder(const std::string& path);

  // Replaces what is at `to`.
  void Rename(const std::string& from, const std::string& to);
  // Swaps two entries at once; false where the file system cannot.
  bool Exchange(const std::string& one, const std::string& other);
  // A file; nothing there is fine.
  void Remove(const std::string& path);
  // A folder with all its content; nothing there is fine. Links are removed, not followed.
  void RemoveFolder(const std::string& path);
  // The folder and those above it that are missing, each durable in the one above.
  void MakeFolders(const std::string& path);
  // `content` under a temporary name, fsync of file and folder, rename, fsync of the folder.
  void ReplaceDurably(const std::string& path, std::string_view content);

  // The second half of the same: `temporary` is complete and its content is durable.
  void RenameDurably(const std::string& temporary, const std::string& path);

  bool Exists(const std::string& path) const;
  uint64_t SizeOf(const std::string& path) const;
  // False when there is no such file. At most `most` bytes, more is a ConfigFailure.
  bool Read(const std::string& path, size_t most, std::string* content) const;
  // Names in a folder, without `.` and `..`; none when there is no such folder.
  std::vector<std::string> List(const std::string& path) const;

 private:
  void Check(int result, const char* operation, const std::string& path) const;
  int Announce(const char* operation, const std::string& path);
};

// The failure for an errno: "write PATH: No space left on device. Free some space ...".
[[noreturn]] void ThrowErrno(int error, const char* operation, const std::string& path);

// PATH/NAME.
std::string JoinPath(const std::string& folder, const std::string& name);

// The folder that holds `path`.
std::string ParentOf(const std::string& path);

}  // namespace connhost::bronze
