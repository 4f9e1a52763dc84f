#include "plugins/local-files/file_content.h"

#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <new>
#include <vector>

namespace connhost::local_files {

namespace {

constexpr size_t kBinarySample = 8192;
constexpr size_t kChunkBytes = size_t{256} << 10;

struct FreeHash {
  void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

class Hasher {
 public:
  Hasher() : state_(XXH3_createState()) {
    if (state_ == nullptr) throw std::bad_alloc();
    XXH3_128bits_reset(state_.get());
  }
  void Add(std::string_view bytes) {
    XXH3_128bits_update(state_.get(), bytes.data(), bytes.size());
  }
  std::string Text() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
    char text[48];
    std::snprintf(text, sizeof text, "xxh128:%016llx%016llx",
                  static_cast<unsigned long long>(hash.high64),
                  static_cast<unsigned long long>(hash.low64));
    return text;
  }

 private:
  std::unique_ptr<XXH3_state_t, FreeHash> state_;
};

// Bytes that may follow in a sequence that begins with `lead`: how many, and the range of the
// first.
struct Continuation {
  int count;
  unsigned char least, most;
};

Continuation ContinuationOf(unsigned char lead) {
  if (lead < 0xC2) return {-1, 0, 0};
  if (lead < 0xE0) return {1, 0x80, 0xBF};
  if (lead == 0xE0) return {2, 0xA0, 0xBF};
  if (lead == 0xED) return {2, 0x80, 0x9F};
  if (lead < 0xF0) return {2, 0x80, 0xBF};
  if (lead == 0xF0) return {3, 0x90, 0xBF};
  if (lead < 0xF4) return {3, 0x80, 0xBF};
  if (lead == 0xF4) return {3, 0x80, 0x8F};
  return {-1, 0, 0};
}

}  // namespace

bool IsUtf8(std::string_view bytes) {
  for (size_t i = 0; i < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[i++]);
    if (lead < 0x80) continue;
    Continuation next = ContinuationOf(lead);
    if (next.count < 0 || bytes.size() - i < static_cast<size_t>(next.count)) return false;
    for (; next.count > 0; --next.count) {
      const auto byte = static_cast<unsigned char>(bytes[i++]);
      if (byte < next.least || byte > next.most) return false;
      next.least = 0x80;
      next.most = 0xBF;
    }
  }
  return true;
}

bool IsText(std::string_view bytes) {
  return bytes.substr(0, kBinarySample).find('\0') == bytes.npos && IsUtf8(bytes);
}

std::string Base64(std::string_view bytes) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    const size_t count = std::min<size_t>(3, bytes.size() - i);
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (size_t k = 0; k < 4; ++k) {
      text += k <= count ? kDigits[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return text;
}

FileContent ReadContent(const FoundFile& file, const Settings& settings) {
  FileContent found;
  const auto size = static_cast<uint64_t>(file.info.st_size);
  bool keep = settings.content != Content::kNone && size <= settings.max_bytes;
  if (!keep && !settings.hash) return found;
  const Descriptor fd = file.Open();
  if (!fd.valid()) return found.fault = errno, found;
  std::optional<Hasher> hasher;
  if (settings.hash) hasher.emplace();
  std::string content;
  std::vector<char> chunk(std::min<uint64_t>(kChunkBytes, size + 1));
  while (true) {
    const ssize_t got = read(fd.get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return found.fault = errno, found;
    if (got == 0) break;
    const std::string_view bytes(chunk.data(), static_cast<size_t>(got));
    if (hasher.has_value()) hasher->Add(bytes);
    keep = keep && content.size() + bytes.size() <= settings.max_bytes;
    if (keep) content += bytes;
    if (!keep && !hasher.has_value()) break;
  }
  if (hasher.has_value()) found.hash = hasher->Text();
  if (keep && settings.content == Content::kBase64) found.content = Base64(content);
  if (keep && settings.content == Content::kText && IsText(content)) {
    found.content = std::move(content);
  }
  return found;
}

}  // namespace connhost::local_files
