// Walks a folder without ever leaving it.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "plugins/local-files/settings.h"

namespace connhost::local_files {

// Owns one descriptor.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor();
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  int Release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

// A regular file that the walk came by. Lives for the call.
struct FoundFile {
  const std::string& path;  // below the root
  const struct stat& info;
  int folder;  // where `name` is to be opened, its last part no link
  const std::string& name;

  // The opened file; invalid with errno set.
  Descriptor Open() const;
};

class WalkVisitor {
 public:
  virtual ~WalkVisitor() = default;
  virtual void File(const FoundFile& file) = 0;
  // `path` cannot be looked into; the walk goes on with the next.
  virtual void Unreadable(const std::string& path, const std::string& reason) = 0;
};

// Files come in the order of ComesBefore. Every part of a path is opened by descriptor without
// following links, so that no rename during the walk leads out of the root; a link that is to be
// followed is resolved first and its target opened in the same way. A folder that several links
// lead to is walked once. One thread.
class FolderWalk {
 public:
  // Throws ConfigFailure when the root is no folder that can be read.
  explicit FolderWalk(const Settings& settings);

  void Run(WalkVisitor& visitor);

  // The order of the walk: name by name, bytewise.
  static bool ComesBefore(const std::string& a, const std::string& b);

 private:
  void Walk(Descriptor folder, const std::string& path, WalkVisitor& visitor);
  void Entry(int folder, const std::string& path, const std::string& name, WalkVisitor& visitor);
  void Link(const std::string& path, WalkVisitor& visitor);
  Descriptor OpenBelowRoot(const std::string& path, int flags) const;

  const Settings& settings_;
  Descriptor root_;
  std::string real_root_;
  std::set<std::pair<dev_t, ino_t>> walked_;
};

}  // namespace connhost::local_files
