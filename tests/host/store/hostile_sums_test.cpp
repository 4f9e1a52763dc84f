// A SUMS that is missing, malformed, or not the truth.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "host/store/sums.h"
#include "hostile.h"
#include "raw_package.h"

namespace connhost::testing {
namespace {

const RawEntry kManifest{"manifest.yaml", "id: evil\n"};
const RawEntry kLibrary{"lib/x.so", "library"};

// A package of the two files and this SUMS.
std::string With(const std::string& sums) {
  return Zstd(RawTar({kManifest, kLibrary, {"SUMS", sums}}) + kTarEnd);
}

std::string Line(const RawEntry& entry) {
  return Sha256Hex(entry.content) + "  " + std::to_string(entry.content.size()) + "  " +
         entry.name + "\n";
}

void ExpectSumsRefused(const std::string& label, const std::string& sums,
                       const std::string& sentence) {
  ExpectRefused({label, With(sums), sentence});
}

const std::string kGrammar = "expected 'SHA256  SIZE  PATH', found ";

TEST(HostileSumsTest, MissingPartsAreRefused) {
  ExpectRefused({"no SUMS", Zstd(RawTar({kManifest, kLibrary}) + kTarEnd),
                 "expected a file SUMS, found none"});
  ExpectRefused({"no manifest", Zstd(RawTar({kLibrary, SumsOf({kLibrary})}) + kTarEnd),
                 "expected a file manifest.yaml, found none"});
  ExpectSumsRefused("a file without a line", Line(kManifest),
                    "entry 'lib/x.so': SUMS does not list it");
  ExpectSumsRefused("an empty SUMS", "", "entry 'manifest.yaml': SUMS does not list it");
  ExpectSumsRefused("a line without a file",
                    Line({"data/ghost", "g"}) + Line(kLibrary) + Line(kManifest),
                    "entry 'data/ghost': SUMS lists it, but the package does not hold it");
  const RawEntry sums{"SUMS", Line(kLibrary) + Line(kManifest)};
  ExpectRefused({"two SUMS", Zstd(RawTar({kManifest, sums, kLibrary, sums}) + kTarEnd),
                 "entry 'SUMS': occurs twice"});
}

TEST(HostileSumsTest, UntruthsAreRefused) {
  RawEntry other = kLibrary;
  other.content = "LIBRARY";
  ExpectSumsRefused("digest", Line(other) + Line(kManifest), "entry 'lib/x.so': SUMS says sha256");
  other.content = "library and more";
  ExpectSumsRefused("size", Line(other) + Line(kManifest),
                    "entry 'lib/x.so': SUMS says 16 bytes, it has 7");
}

TEST(HostileSumsTest, MalformedLinesAreRefused) {
  const std::string good = Line(kLibrary);
  std::string upper = good;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const std::string hex = good.substr(0, 64);
  ExpectSumsRefused("text", "hello\n", "SUMS, line 1: " + kGrammar + "'hello'");
  ExpectSumsRefused("empty line", good + "\n", "SUMS, line 2: " + kGrammar + "''");
  ExpectSumsRefused("capitals", upper, kGrammar);
  ExpectSumsRefused("one space", hex + " 7 lib/x.so\n", kGrammar);
  ExpectSumsRefused("no size", hex + "    lib/x.so\n", kGrammar);
  ExpectSumsRefused("leading zero", hex + "  07  lib/x.so\n", kGrammar);
  ExpectSumsRefused("sign", hex + "  +7  lib/x.so\n", kGrammar);
  ExpectSumsRefused("size beyond 64 bits", hex + "  18446744073709551616  lib/x.so\n", kGrammar);
  ExpectSumsRefused("no line feed", good.substr(0, good.size() - 1), "expected a line feed");
  ExpectSumsRefused("carriage return", good.substr(0, good.size() - 1) + "\r\n", "printable ASCII");
  ExpectSumsRefused("control bytes", hex + "  7  lib/\x1b[2J\n", "'lib/\\x1b[2J'");
}

TEST(HostileSumsTest, OddPathsAndOrdersAreRefused) {
  ExpectSumsRefused("path outside", Line({"../x", ""}), "line 1: '../x': expected a name inside");
  ExpectSumsRefused("no path", Line({"", ""}), "line 1: '': expected a name, found none");
  ExpectSumsRefused("itself", Line({"SUMS", ""}), "SUMS must not list itself");
  ExpectSumsRefused("order", Line(kManifest) + Line(kLibrary),
                    "found 'lib/x.so' after 'manifest.yaml'");
  ExpectSumsRefused("twice", Line(kLibrary) + Line(kLibrary) + Line(kManifest),
                    "found 'lib/x.so' after 'lib/x.so'");
  ExpectSumsRefused("3 MiB", std::string(3 << 20, 'x'), "entry 'SUMS': is larger than 2 MiB");
}

}  // namespace
}  // namespace connhost::testing
