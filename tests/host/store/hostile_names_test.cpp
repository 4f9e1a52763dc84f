// Names that lead outside, clash, or are odd.
#include <gtest/gtest.h>

#include "hostile.h"
#include "raw_package.h"

namespace connhost::testing {
namespace {

HostilePackage Named(const std::string& name, const std::string& sentence) {
  return {"name " + name, RawPackage({{name, "x"}}), sentence};
}

HostilePackage LongNamed(const std::string& name, const std::string& sentence) {
  std::vector<RawEntry> entries = {{"manifest.yaml", "id: evil\n"}, {name, "x"}};
  entries.push_back(SumsOf(entries));
  return {"long name", Zstd(PaxTar(entries)), sentence};
}

TEST(HostileNamesTest, NamesThatLeadOutsideAreRefused) {
  ExpectRefused(Named("../slip.txt", "'../slip.txt': expected a name inside the package"));
  ExpectRefused(Named("lib/../../slip.txt", "expected a name inside the package, found a '.' or"));
  ExpectRefused(Named("lib/..", "expected a name inside the package"));
  ExpectRefused(Named("./manifest.yaml", "expected a name inside the package"));
  ExpectRefused(Named("lib/./x.so", "expected a name inside the package"));
  ExpectRefused(Named("/etc/slip.txt", "expected a relative name, found an absolute one"));
  ExpectRefused(Named("//slip.txt", "expected a relative name, found an absolute one"));
}

TEST(HostileNamesTest, OddNamesAreRefused) {
  ExpectRefused(Named("", "expected a name, found none"));
  ExpectRefused(Named("lib//x.so", "expected a relative name without empty parts"));
  ExpectRefused(Named("lib\\x.so", "'lib\\x.so': its name holds a backslash"));
  ExpectRefused(Named("lib/a\nb", "'lib/a\\x0ab': expected printable ASCII"));
  ExpectRefused(Named("lib/\x1b[31mred", "'lib/\\x1b[31mred': expected printable ASCII"));
  ExpectRefused(Named("lib/\x7f", "expected printable ASCII"));
  ExpectRefused(Named("lib/\xfc.so", "expected printable ASCII"));
  ExpectRefused(Named("lib/ x.so", "a part starts or ends with a space"));
  ExpectRefused(Named("data/x /y", "a part starts or ends with a space"));
  ExpectRefused(
      LongNamed("data/" + std::string(251, 'n'), "has 256 bytes, at most 255 are allowed"));
  ExpectRefused(LongNamed("data/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p", "has 17 parts, at most 16"));
}

TEST(HostileNamesTest, NamesThatAreNotThePackagesOwnAreRefused) {
  ExpectRefused(Named("src/main.cpp",
                      "expected only manifest.yaml, SUMS, lib/, data/, README.md and "
                      "LICENSE at the top, found 'src'"));
  ExpectRefused(Named(".bashrc", "at the top, found '.bashrc'"));
  ExpectRefused(Named("Manifest.yaml", "at the top, found 'Manifest.yaml'"));
  ExpectRefused(Named("LIB/x.so", "at the top, found 'LIB'"));
  ExpectRefused(Named("lib", "entry 'lib': expected a folder"));
  ExpectRefused(Named("README.md/x", "expected a file, found a folder"));
  ExpectRefused({"folder called SUMS", RawPackage({{"LICENSE/", "", '5', 0755}}),
                 "expected a file, found a folder"});
}

TEST(HostileNamesTest, ClashesAreRefused) {
  const auto two = [](const std::string& first, const std::string& second) {
    return RawPackage({{first, "x"}, {second, "x"}});
  };
  ExpectRefused({"duplicate", two("lib/x.so", "lib/x.so"), "entry 'lib/x.so': occurs twice"});
  ExpectRefused({"second manifest", RawPackage({{"manifest.yaml", "id: other\n"}}),
                 "entry 'manifest.yaml': occurs twice"});
  ExpectRefused({"case", two("lib/x.so", "lib/X.so"),
                 "entry 'lib/X.so': differs from 'lib/x.so' in letter case alone"});
  ExpectRefused({"case of a folder", two("data/a/x", "data/A/y"),
                 "differs from 'data/a' in letter case alone"});
  ExpectRefused({"file, then folder", two("data/a", "data/a/b"), "'data/a' is both a file and"});
  ExpectRefused({"folder, then file", two("data/a/b", "data/a"), "'data/a' is both a file and"});
  ExpectRefused({"folder entry, then file",
                 RawPackage({{"data/a/", "", '5', 0755}, {"data/a", "x"}}),
                 "'data/a' is both a file and"});
}

}  // namespace
}  // namespace connhost::testing
