#include "host/signature/signature_text.h"

#include <sodium.h>

#include <algorithm>

#include "base/text.h"

namespace connhost {
namespace {

int HexDigit(char c) {
  return c <= '9' ? c - '0' : c - 'A' + 10;
}

}  // namespace

std::vector<std::string_view> SplitSignatureText(std::string_view text, size_t count,
                                                 ErrorKind kind, const std::string& what) {
  if (text.size() > kMostSignatureBytes) {
    throw Error(kind, what + ": expected " + std::to_string(count) + " lines, found " +
                          HumanBytes(text.size()) + "; at most " + HumanBytes(kMostSignatureBytes) +
                          " are read");
  }
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t feed = text.find('\n');
    std::string_view line = text.substr(0, feed);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(feed == std::string_view::npos ? text.size() : feed + 1);
  }
  if (lines.size() == count) return lines;
  throw Error(kind, what + ": expected " + std::to_string(count) + " lines, found " +
                        std::to_string(lines.size()) +
                        (lines.size() < count ? "; it is cut short" : "; nothing may follow"));
}

std::string_view ReadComment(std::string_view line, std::string_view prefix, size_t most,
                             ErrorKind kind, const std::string& what) {
  if (!line.starts_with(prefix)) {
    throw Error(kind, what + ": expected a line that starts with '" + std::string(prefix) +
                          "', found none where it belongs");
  }
  if (line.size() >= most) {
    throw Error(kind, what + ": a comment has " + std::to_string(line.size()) + " bytes, at most " +
                          std::to_string(most - 1) + " are allowed");
  }
  line.remove_prefix(prefix.size());
  const bool plain = std::all_of(line.begin(), line.end(), [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  });
  if (!plain || !IsValidUtf8(line)) {
    throw Error(kind, what + ": a comment holds control characters or is not UTF-8");
  }
  return line;
}

bool DecodeBase64(std::string_view text, unsigned char* out, size_t size) {
  size_t found = 0;
  return ::sodium_base642bin(out, size, text.data(), text.size(), nullptr, &found, nullptr,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
         found == size;
}

std::string EncodeBase64(const unsigned char* bytes, size_t size) {
  std::string text(sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL), '\0');
  ::sodium_bin2base64(text.data(), text.size(), bytes, size, sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the closing zero
  return text;
}

std::string KeyIdText(const unsigned char* bytes) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string text;
  for (int i = 7; i >= 0; --i) {
    text += kHex[bytes[i] >> 4];
    text += kHex[bytes[i] & 15];
  }
  return text;
}

void KeyIdBytes(const std::string& text, unsigned char* bytes) {
  for (size_t i = 0; i < 8; ++i) {
    bytes[7 - i] =
        static_cast<unsigned char>(HexDigit(text[2 * i]) << 4 | HexDigit(text[2 * i + 1]));
  }
}

bool IsKeyId(std::string_view text) {
  return text.size() == 16 && text.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
}

}  // namespace connhost
