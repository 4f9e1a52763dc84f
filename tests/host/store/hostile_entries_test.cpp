// Entries that are more than a file: links, devices, bits, holes.
#include <gtest/gtest.h>

#include "hostile.h"
#include "raw_package.h"

namespace connhost::testing {
namespace {

HostilePackage Typed(const std::string& label, const RawEntry& entry, const std::string& sentence) {
  return {label, RawPackage({entry}), "entry 'lib/x': " + sentence};
}

TEST(HostileEntriesTest, LinksAreRefused) {
  ExpectRefused(Typed("symlink inside", {"lib/x", "", '2', 0777, "y"},
                      "expected a regular file or a folder, found a symbolic link"));
  ExpectRefused(
      Typed("symlink outside", {"lib/x", "", '2', 0777, "/etc/passwd"}, "expected a regular"));
  ExpectRefused(Typed("hard link inside", {"lib/x", "", '1', 0644, "manifest.yaml"},
                      "expected a regular file or a folder, found a hard link"));
  ExpectRefused(Typed("hard link outside", {"lib/x", "", '1', 0644, "/etc/passwd"}, "expected a"));
  ExpectRefused({"write through a link",
                 RawPackage({{"lib/d", "", '2', 0777, "../../.."}, {"lib/d/slip.txt", "x"}}),
                 "entry 'lib/d': expected a regular file or a folder, found a symbolic link"});
}

TEST(HostileEntriesTest, SpecialFilesAreRefused) {
  ExpectRefused(Typed("character device", {"lib/x", "", '3', 0666},
                      "expected a regular file or a "
                      "folder, found a character device"));
  ExpectRefused(Typed("block device", {"lib/x", "", '4', 0666},
                      "expected a regular file or a folder, "
                      "found a block device"));
  ExpectRefused(Typed("fifo", {"lib/x", "", '6', 0666},
                      "expected a regular file or a folder, found a "
                      "fifo"));
}

TEST(HostileEntriesTest, SpecialBitsAreRefused) {
  for (const unsigned bit : {04000U, 02000U, 01000U}) {
    ExpectRefused(Typed("bit " + std::to_string(bit), {"lib/x", "x", '0', 0755 | bit},
                        "it has a set-uid, set-gid or sticky bit"));
  }
  ExpectRefused({"folder with set-gid", RawPackage({{"lib/x/", "", '5', 02755}}),
                 "it has a set-uid, set-gid or sticky bit"});
}

TEST(HostileEntriesTest, SparseFilesAreRefused) {
  const std::vector<RawEntry> entries = {{"lib/x", std::string(1 << 20, 'x')}};
  ExpectRefused({"sparse", Zstd(PaxTar(entries, true)), "found a sparse file"});
}

TEST(HostileEntriesTest, TooManyEntriesAreRefused) {
  PackageLimits limits;
  limits.most_entries = 10;
  std::vector<RawEntry> files(9);
  for (size_t i = 0; i < files.size(); ++i) files[i].name = "data/" + std::to_string(i);
  ExpectRefused({"files", RawPackage(files), "more than the 10 entries", limits});
  const std::vector<RawEntry> folders(4100, RawEntry{"data/", "", '5', 0755});
  ExpectRefused({"folders", RawPackage(folders), "more than the 4096 entries"});
}

}  // namespace
}  // namespace connhost::testing
