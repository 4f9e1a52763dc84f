// The text that keys and signatures are written in: a few lines, comments and base64.
// Format: docs/formats/signature.md.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace connhost {

inline constexpr std::string_view kUntrustedPrefix = "untrusted comment: ";
inline constexpr std::string_view kTrustedPrefix = "trusted comment: ";
inline constexpr size_t kMostSignatureBytes = size_t{16} << 10;  // of a key or signature file
inline constexpr size_t kMostUntrustedBytes = 1024;  // as minisign has it, prefix and all
inline constexpr size_t kMostTrustedBytes = 8192;

// Exactly `count` lines, without their line feeds (a carriage return before one is dropped, the
// last feed may be missing). Refuses, as `kind`, anything longer or shorter; `what` names the file.
std::vector<std::string_view> SplitSignatureText(std::string_view text, size_t count,
                                                 ErrorKind kind, const std::string& what);

// The rest of a comment line behind its prefix. Refuses another prefix, a line longer than `most`,
// and control characters other than the tab.
std::string_view ReadComment(std::string_view line, std::string_view prefix, size_t most,
                             ErrorKind kind, const std::string& what);

// Decodes base64 of exactly `size` bytes into `out`; false when it is anything else. Strict: the
// standard alphabet, padding in full, no unused bit set.
bool DecodeBase64(std::string_view text, unsigned char* out, size_t size);
std::string EncodeBase64(const unsigned char* bytes, size_t size);

// A key's id as minisign prints it: eight bytes, last first, as 16 capital hex digits.
std::string KeyIdText(const unsigned char* bytes);
void KeyIdBytes(const std::string& text, unsigned char* bytes);  // REQUIRES IsKeyId
bool IsKeyId(std::string_view text);

}  // namespace connhost
