// The bytes of one file as a chain: read from disk, decompressed, converted to UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace connhost::csv {

enum class Compression { kAuto, kNone, kGzip, kZstd };
enum class Encoding { kUtf8, kLatin1, kWindows1252, kUtf16Le, kUtf16Be };

// One link of the chain. Not thread-safe; used from start to end once.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Up to `room` bytes; 0 is the end. Throws a Failure that names the file.
  virtual size_t Read(char* out, size_t room) = 0;
};

// What a file is on disk, as its descriptor tells. Times in nanoseconds since 1970.
struct FileFacts {
  uint64_t size = 0;
  int64_t modified_ns = 0;
};

// An open file; owns the descriptor.
class DiskFile {
 public:
  // `path` is opened, `name` is what sentences call it. Throws ConfigFailure.
  DiskFile(const std::string& path, std::string name);
  DiskFile(DiskFile&&) = delete;
  ~DiskFile();

  const std::string& name() const { return name_; }
  // As it was when it was opened; later growth is not read.
  const FileFacts& facts() const { return facts_; }
  // Up to `room` bytes at `offset`, short only at the end of the file as it is now.
  size_t ReadAt(char* out, size_t room, uint64_t offset) const;
  // The next bytes up to facts().size. Throws TransientFailure when the file has become shorter.
  size_t ReadNext(char* out, size_t room);
  void Seek(uint64_t offset);
  // Bytes taken so far, for progress.
  uint64_t taken() const { return offset_; }
  // A 64-bit digest of the first and last 4 KiB of the first `size` bytes.
  uint64_t Fingerprint(uint64_t size) const;

 private:
  int fd_ = -1;
  std::string name_;
  FileFacts facts_;
  uint64_t offset_ = 0;
};

// What the first bytes of a file and its name say it is, where the configuration leaves it open. A
// byte order mark beats the configured encoding.
struct Coding {
  Compression compression = Compression::kNone;
  Encoding encoding = Encoding::kUtf8;
};
// Moves the file's position.
Coding DetectCoding(DiskFile& file, Compression wanted, Encoding wanted_encoding);

// The file as UTF-8 text from byte `offset` of that text on. A byte order mark is part of the text
// (bytes EF BB BF). Bytes that the encoding does not define become bytes that are not UTF-8 either,
// so that they are found where UTF-8 is checked. `file` must outlive the stream.
std::unique_ptr<ByteStream> OpenText(DiskFile& file, const Coding& coding, uint64_t offset);

// The links, for OpenText.
std::unique_ptr<ByteStream> MakeGunzip(std::unique_ptr<ByteStream> input, std::string name);
std::unique_ptr<ByteStream> MakeUnzstd(std::unique_ptr<ByteStream> input, std::string name);
std::unique_ptr<ByteStream> MakeDecoder(std::unique_ptr<ByteStream> input, Encoding encoding);

}  // namespace connhost::csv
