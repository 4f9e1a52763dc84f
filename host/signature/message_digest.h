// What a signature signs: the BLAKE2b-512 of a file.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace connhost {

using MessageDigest = std::array<unsigned char, 64>;

MessageDigest DigestMessage(std::string_view bytes);

// Both digests of a file from one reading, so that they are of the same bytes whoever else may
// write to it.
struct FileDigests {
  MessageDigest message;
  std::string sha256;  // 64 lowercase hex digits
};

// Reads through an open descriptor from offset 0 without moving it. Error{kTransient}.
FileDigests DigestFile(int fd, const std::string& what);

}  // namespace connhost
