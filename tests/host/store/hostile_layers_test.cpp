// Damage in the compression and in the tar below the entries; bombs.
#include <gtest/gtest.h>

#include "hostile.h"
#include "raw_package.h"
#include "sample_package.h"

namespace connhost::testing {
namespace {

std::string GoodTar() {
  return RawPackageTar({{"lib/x.so", Noise(100'000, 1)}});
}
std::string Good() {
  return Zstd(GoodTar() + kTarEnd);
}

TEST(HostileLayersTest, WhatIsNotOneZstdFrameIsRefused) {
  const std::string start = "expected a zstd frame at its start";
  ExpectRefused({"empty", "", start});
  ExpectRefused({"two bytes", "\x28\xb5", start});
  ExpectRefused({"gzip", Gzip(GoodTar() + kTarEnd), start});
  ExpectRefused({"plain tar", GoodTar() + kTarEnd, start});
  ExpectRefused({"text", "hello, this is no package", start});
  const std::string skippable("\x50\x2a\x4d\x18\x04\x00\x00\x00skip", 12);
  ExpectRefused({"skippable frame first", skippable + Good(), start});
  const std::string more = "expected its end after the zstd frame, found more bytes";
  ExpectRefused({"skippable frame after", Good() + skippable, more});
  ExpectRefused({"garbage after", Good() + "x", more});
  ExpectRefused({"a second frame", Good() + Zstd(std::string(512, '\0')), more});
  ExpectRefused({"window of 128 MiB", Zstd(GoodTar() + kTarEnd, 27), "asks for too much"});
}

TEST(HostileLayersTest, DamagedAndTruncatedFramesAreRefused) {
  const std::string good = Good();
  ExpectRefused({"half", good.substr(0, good.size() / 2), "it is truncated"});
  ExpectRefused({"one byte short", good.substr(0, good.size() - 1), "it is truncated"});
  ExpectRefused({"header alone", good.substr(0, 6), "it is truncated"});
  std::string flipped = good;
  flipped[good.size() / 2] = static_cast<char>(flipped[good.size() / 2] ^ 0x40);
  ExpectRefused({"a bit flipped", flipped, "entry 'lib/x.so': SUMS says sha256"});
}

TEST(HostileLayersTest, DamagedAndTruncatedTarsAreRefused) {
  const std::string tar = GoodTar();
  const std::string closing = "its tar is truncated: the two closing blocks are not there";
  ExpectRefused({"no closing block", Zstd(tar), closing});
  ExpectRefused({"one closing block", Zstd(tar + std::string(512, '\0')), closing});
  ExpectRefused({"cut in the content", Zstd(tar.substr(0, 5000)),
                 "damaged or truncated at the content of entry 'lib/x.so'"});
  ExpectRefused({"cut in a header", Zstd(tar.substr(0, 1300)), "its tar is damaged or truncated"});
  ExpectRefused({"garbage after", Zstd(tar + kTarEnd + "x"), "expected only zeros after the end"});
  ExpectRefused({"a second tar", Zstd(tar + kTarEnd + tar + kTarEnd), "expected only zeros after"});
  ExpectRefused({"hidden after one block", Zstd(tar + std::string(512, '\0') + tar + kTarEnd),
                 "expected only zeros after"});
  ExpectRefused(
      {"not a tar", Zstd(Noise(4096, 2)), "its tar is damaged or truncated at its start"});
  ExpectRefused({"nothing inside", Zstd(kTarEnd), "expected a file SUMS, found none"});
  std::string checksum = tar + kTarEnd;
  checksum[1024 + 5] = static_cast<char>(checksum[1024 + 5] ^ 1);
  ExpectRefused({"header checksum", Zstd(checksum), "after entry 'manifest.yaml'"});
}

TEST(HostileLayersTest, BombsAreRefused) {
  ExpectRefused({"zeros in a file", RawPackage({{"data/zeros", std::string(32 << 20, '\0')}}),
                 "it unpacks to more than 200 times its size"});
  ExpectRefused({"zeros after the end", Zstd(GoodTar() + std::string(64 << 20, '\0')),
                 "it unpacks to more than 200 times its size"});
  PackageLimits limits;
  limits.most_bytes = 50'000;
  ExpectRefused({"too large", Good(), "it holds more than the 48.8 KiB allowed", limits});
  std::string huge = RawTarEntry({"manifest.yaml", ""});
  huge[124] = '\x80';  // a base-256 size of 2^70
  huge[130] = '\x40';
  ExpectRefused({"claimed size", Zstd(huge + kTarEnd), "its tar is damaged or truncated"});
}

}  // namespace
}  // namespace connhost::testing
