#include <algorithm>
#include <connhost/failure.hpp>
#include <string_view>
#include <vector>

#include "plugins/csv/byte_stream.h"

namespace connhost::csv {
namespace {

class Plain : public ByteStream {
 public:
  explicit Plain(DiskFile& file) : file_(file) {}
  size_t Read(char* out, size_t room) override { return file_.ReadNext(out, room); }

 private:
  DiskFile& file_;
};

bool StartsWith(const char* head, size_t size, std::string_view magic) {
  return std::string_view(head, size).substr(0, magic.size()) == magic;
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

Compression DetectCompression(const DiskFile& file, Compression wanted) {
  if (wanted != Compression::kAuto) return wanted;
  char head[4];
  const size_t size = file.ReadAt(head, sizeof head, 0);
  if (StartsWith(head, size, "\x1F\x8B") || (size > 0 && EndsWith(file.name(), ".gz"))) {
    return Compression::kGzip;
  }
  const bool zstd = StartsWith(head, size, "\x28\xB5\x2F\xFD");
  return zstd || (size > 0 && EndsWith(file.name(), ".zst")) ? Compression::kZstd
                                                             : Compression::kNone;
}

std::unique_ptr<ByteStream> OpenBytes(DiskFile& file, Compression compression) {
  file.Seek(0);
  auto plain = std::make_unique<Plain>(file);
  if (compression == Compression::kGzip) return MakeGunzip(std::move(plain), file.name());
  if (compression == Compression::kZstd) return MakeUnzstd(std::move(plain), file.name());
  return plain;
}

void Skip(ByteStream& stream, uint64_t bytes, const std::string& name) {
  std::vector<char> scratch(1 << 16);
  while (bytes > 0) {
    const size_t got = stream.Read(scratch.data(), std::min<uint64_t>(bytes, scratch.size()));
    if (got == 0) {
      throw sdk::StaleCursorFailure("the stored position lies behind the end of '" + name +
                                    "': the file has become shorter; read it in full");
    }
    bytes -= got;
  }
}

}  // namespace

Coding DetectCoding(DiskFile& file, Compression wanted, Encoding wanted_encoding) {
  Coding coding{DetectCompression(file, wanted), wanted_encoding};
  char head[3];
  const std::unique_ptr<ByteStream> bytes = OpenBytes(file, coding.compression);
  size_t size = 0;
  while (size < sizeof head) {
    const size_t got = bytes->Read(head + size, sizeof head - size);
    if (got == 0) break;
    size += got;
  }
  if (StartsWith(head, size, "\xEF\xBB\xBF")) coding.encoding = Encoding::kUtf8;
  if (StartsWith(head, size, "\xFF\xFE")) coding.encoding = Encoding::kUtf16Le;
  if (StartsWith(head, size, "\xFE\xFF")) coding.encoding = Encoding::kUtf16Be;
  return coding;
}

std::unique_ptr<ByteStream> OpenText(DiskFile& file, const Coding& coding, uint64_t offset) {
  std::unique_ptr<ByteStream> text = OpenBytes(file, coding.compression);
  if (coding.encoding != Encoding::kUtf8) text = MakeDecoder(std::move(text), coding.encoding);
  if (coding.compression == Compression::kNone && coding.encoding == Encoding::kUtf8) {
    file.Seek(offset);
  } else {
    Skip(*text, offset, file.name());
  }
  return text;
}

}  // namespace connhost::csv
