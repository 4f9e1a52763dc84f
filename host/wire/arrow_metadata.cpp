#include "host/wire/arrow_metadata.h"

#include <cstdint>
#include <cstring>

#include "base/error.h"
#include "host/wire/byte_writer.h"

namespace connhost {
namespace {

constexpr int32_t kMostPairs = 1024;
constexpr int32_t kLongestText = 1 << 20;

int32_t ReadCount(const char** at, int32_t most) {
  int32_t count;
  std::memcpy(&count, *at, sizeof count);
  if (count < 0 || count > most) {
    throw Error(ErrorKind::kInternal, "the Arrow metadata holds the count " +
                                          std::to_string(count) + "; expected 0 to " +
                                          std::to_string(most));
  }
  *at += sizeof count;
  return count;
}

std::string_view ReadText(const char** at) {
  const auto length = static_cast<size_t>(ReadCount(at, kLongestText));
  const std::string_view text(*at, length);
  *at += length;
  return text;
}

void AppendText(std::string* bytes, std::string_view text) {
  AppendBytes(bytes, static_cast<int32_t>(text.size()));
  bytes->append(text);
}

}  // namespace

std::string FindArrowMetadata(const char* metadata, std::string_view key) {
  if (metadata == nullptr) return "";
  for (int32_t pairs = ReadCount(&metadata, kMostPairs); pairs > 0; --pairs) {
    const std::string_view found = ReadText(&metadata);
    const std::string_view value = ReadText(&metadata);
    if (found == key) return std::string(value);
  }
  return "";
}

std::string EncodeArrowMetadata(const std::vector<ArrowPair>& pairs) {
  std::string bytes;
  if (pairs.empty()) return bytes;
  AppendBytes(&bytes, static_cast<int32_t>(pairs.size()));
  for (const auto& [key, value] : pairs) {
    AppendText(&bytes, key);
    AppendText(&bytes, value);
  }
  return bytes;
}

}  // namespace connhost
