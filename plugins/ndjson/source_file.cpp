#include "plugins/ndjson/source_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <connhost/failure.hpp>
#include <cstdio>
#include <system_error>

namespace connhost::ndjson {

SourceFile::SourceFile(std::string path) : path_(std::move(path)) {
  // O_NONBLOCK: a FIFO in the folder must not hold the read up; regular files ignore it.
  fd_ = open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info {};
  if (fd_ < 0 || fstat(fd_, &info) != 0) {
    throw sdk::ConfigFailure("cannot open '" + path_ +
                             "': " + std::generic_category().message(errno) +
                             "; make it readable or take it out of 'path'");
  }
  if (!S_ISREG(info.st_mode)) {
    close(fd_);
    throw sdk::ConfigFailure("'" + path_ + "' must be a regular file, but is a device or a pipe");
  }
  size_ = static_cast<uint64_t>(info.st_size);
  posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

SourceFile::~SourceFile() {
  close(fd_);
}

size_t SourceFile::ReadAt(uint64_t offset, char* room, size_t bytes) const {
  const size_t wanted = std::min<uint64_t>(bytes, size_ - std::min(offset, size_));
  size_t done = 0;
  while (done < wanted) {
    const ssize_t got = pread(fd_, room + done, wanted - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      throw sdk::TransientFailure(
          "reading '" + path_ + "' stopped at byte " + std::to_string(offset + done) + " of " +
          std::to_string(size_) + ": " +
          (got < 0 ? std::generic_category().message(errno) : "the file was cut"));
    }
    done += static_cast<size_t>(got);
  }
  return done;
}

std::string SourceFile::Mark(uint64_t length) const {
  constexpr size_t kEnd = 1024;
  char bytes[2 * kEnd];
  const size_t end = std::min<uint64_t>(length, kEnd);
  size_t filled = ReadAt(0, bytes, end);
  filled += ReadAt(length - end, bytes + filled, end);
  char hex[17];
  std::snprintf(hex, sizeof hex, "%016llx",
                static_cast<unsigned long long>(XXH3_64bits(bytes, filled)));
  return hex;
}

}  // namespace connhost::ndjson
