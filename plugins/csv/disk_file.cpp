#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <connhost/failure.hpp>
#include <system_error>

#include "plugins/csv/byte_stream.h"

namespace connhost::csv {

DiskFile::DiskFile(const std::string& path, std::string name) : name_(std::move(name)) {
  fd_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) {
    throw sdk::ConfigFailure("cannot open '" + path +
                             "': " + std::generic_category().message(errno) +
                             "; check the configured path and its permissions");
  }
  struct stat about {};
  if (fstat(fd_, &about) != 0 || !S_ISREG(about.st_mode)) {
    close(fd_);
    throw sdk::ConfigFailure("'" + path +
                             "' is no regular file; give a file, a folder or a pattern");
  }
  facts_.size = static_cast<uint64_t>(about.st_size);
  facts_.modified_ns = int64_t{about.st_mtim.tv_sec} * 1000000000 + about.st_mtim.tv_nsec;
  posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

DiskFile::~DiskFile() {
  close(fd_);
}

size_t DiskFile::ReadAt(char* out, size_t room, uint64_t offset) const {
  size_t done = 0;
  while (done < room) {
    const ssize_t got = pread(fd_, out + done, room - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      throw sdk::TransientFailure("cannot read '" + name_ + "' at byte " +
                                  std::to_string(offset + done) + ": " +
                                  std::generic_category().message(errno));
    }
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return done;
}

size_t DiskFile::ReadNext(char* out, size_t room) {
  const uint64_t left = facts_.size - offset_;
  const size_t wanted = static_cast<size_t>(std::min<uint64_t>(room, left));
  if (wanted == 0) return 0;
  const size_t got = ReadAt(out, wanted, offset_);
  if (got < wanted) {
    throw sdk::TransientFailure("'" + name_ + "' was " + std::to_string(facts_.size) +
                                " bytes long when its reading began, but ends at byte " +
                                std::to_string(offset_ + got) +
                                " now: something truncates it. Write a new file and rename it "
                                "into place instead");
  }
  offset_ += got;
  return got;
}

void DiskFile::Seek(uint64_t offset) {
  offset_ = std::min(offset, facts_.size);
}

uint64_t DiskFile::Fingerprint(uint64_t size) const {
  constexpr size_t kEdge = 4096;
  char bytes[2 * kEdge];
  const size_t edge = static_cast<size_t>(std::min<uint64_t>(size, kEdge));
  const size_t head = ReadAt(bytes, edge, 0);
  const size_t tail = ReadAt(bytes + head, edge, size - edge);
  return XXH3_64bits_withSeed(bytes, head + tail, size);
}

}  // namespace connhost::csv
