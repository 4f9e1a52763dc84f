#include "manifests/version.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "manifests/version_range.h"

namespace connhost {
namespace {

TEST(Version, ParsesAndPrintsStrictVersions) {
  for (const char* text : {"0.0.0", "1.2.3", "1.0.0-rc.1", "1.0.0-0", "1.0.0--", "1.0.0+build.007",
                           "1.0.0-a-b.1+x-y", "18446744073709551615.0.0"}) {
    EXPECT_EQ(ParseVersion(text).ToString(), text);
  }
}

TEST(Version, RefusesEverythingElse) {
  for (const char* text :
       {"",           "1",      "1.2",        "1.2.3.4",        "v1.2.3",
        "01.2.3",     "1.02.3", "1.2.03",     "1.2.3-",         "1.2.3-01",
        "1.2.3-a..b", "1.2.3+", "1.2.3+a..b", "1.2.3-\xC3\xA4", " 1.2.3",
        "1.2.3 ",     "1.2.-3", "+1.2.3",     "1.2.3\n",        "18446744073709551616.0.0",
        "1.2.x",      "1..3"}) {
    EXPECT_FALSE(TryParseVersion(text)) << text;
  }
  EXPECT_FALSE(TryParseVersion("1.0.0-" + std::string(300, 'a')));
  EXPECT_FALSE(TryParseVersion(std::string("1.2.3\0", 6)));
}

TEST(Version, BadInputIsASentence) {
  try {
    ParseVersion("1.2");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_STREQ(error.what(),
                 "expected a semantic version such as 1.0.0 or 2.1.0-rc.1, found '1.2'");
  }
}

TEST(Version, OrdersByPrecedence) {
  const std::vector<std::string> rising = {
      "0.0.1",       "0.1.0",         "1.0.0-0",
      "1.0.0-2",     "1.0.0-11",      "1.0.0-99999999999999999999999999",
      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
      "1.0.0-beta",  "1.0.0-beta.2",  "1.0.0-beta.11",
      "1.0.0-rc.1",  "1.0.0",         "1.0.1",
      "1.2.0",       "1.10.0",        "2.0.0",
      "10.0.0"};
  for (size_t i = 0; i < rising.size(); ++i) {
    for (size_t j = 0; j < rising.size(); ++j) {
      const Version a = ParseVersion(rising[i]);
      const Version b = ParseVersion(rising[j]);
      EXPECT_EQ(a < b, i < j) << rising[i] << " < " << rising[j];
      EXPECT_EQ(a == b, i == j) << rising[i] << " == " << rising[j];
    }
  }
  EXPECT_TRUE(ParseVersion("1.0.0+a") == ParseVersion("1.0.0+b"));
}

struct RangeCase {
  const char* range;
  std::vector<std::string> inside;
  std::vector<std::string> outside;
};

const RangeCase kRanges[] = {
    {"1.2.3", {"1.2.3", "1.2.3+x"}, {"1.2.4", "1.2.2", "1.2.3-rc.1"}},
    {"=1.2.3", {"1.2.3"}, {"1.2.4"}},
    {"1", {"1.0.0", "1.99.0"}, {"0.9.9", "2.0.0", "1.0.0-rc.1", "2.0.0-rc.1"}},
    {"1.x", {"1.0.0", "1.99.0"}, {"2.0.0"}},
    {"1.2", {"1.2.0", "1.2.9"}, {"1.3.0", "1.1.9"}},
    {"1.2.*", {"1.2.0", "1.2.9"}, {"1.3.0"}},
    {"1.x.x", {"1.5.0"}, {"2.0.0"}},
    {"*", {"0.0.0", "9.9.9"}, {"1.0.0-rc.1"}},
    {"x", {"1.0.0"}, {"1.0.0-a"}},
    {"", {"1.0.0"}, {"1.0.0-a"}},
    {"^1.0", {"1.0.0", "1.9.9"}, {"0.9.9", "2.0.0", "2.0.0-alpha"}},
    {"^1.2.3", {"1.2.3", "1.3.0"}, {"1.2.2", "2.0.0"}},
    {"^0.2.3", {"0.2.3", "0.2.9"}, {"0.2.2", "0.3.0"}},
    {"^0.0.3", {"0.0.3"}, {"0.0.4", "0.0.2"}},
    {"^0.0", {"0.0.0", "0.0.9"}, {"0.1.0"}},
    {"^0", {"0.0.0", "0.9.0"}, {"1.0.0"}},
    {"^0.1", {"0.1.0", "0.1.7"}, {"0.2.0", "0.0.9"}},
    {"^1.0.0-rc.1",
     {"1.0.0-rc.1", "1.0.0-rc.2", "1.0.0", "1.5.0"},
     {"1.0.0-beta", "1.1.0-rc.1", "2.0.0-rc.1"}},
    {"~1.2.3", {"1.2.3", "1.2.9"}, {"1.3.0", "1.2.2"}},
    {"~1.2", {"1.2.0", "1.2.9"}, {"1.3.0"}},
    {"~1", {"1.0.0", "1.9.0"}, {"2.0.0"}},
    {">=1.0 <2", {"1.0.0", "1.9.9"}, {"0.9.9", "2.0.0", "2.0.0-rc.1"}},
    {">= 1.0  < 2", {"1.5.0"}, {"2.0.0"}},
    {">1", {"2.0.0"}, {"1.0.0", "1.9.9"}},
    {">1.2", {"1.3.0"}, {"1.2.9"}},
    {">1.2.3", {"1.2.4"}, {"1.2.3"}},
    {"<=1.2", {"1.2.9", "0.1.0"}, {"1.3.0"}},
    {"<=1.2.3", {"1.2.3"}, {"1.2.4"}},
    {"<1.2", {"1.1.9"}, {"1.2.0", "1.2.0-rc.1"}},
    {"<1.2.3", {"1.2.2"}, {"1.2.3", "1.2.3-rc.1"}},
    {">=1.2.3-rc.2 <1.2.3", {"1.2.3-rc.2", "1.2.3-rc.9"}, {"1.2.3-rc.1", "1.2.3"}},
    {">*", {}, {"0.0.0", "9.9.9"}},
    {"<*", {}, {"0.0.0", "9.9.9"}},
    {"<=*", {"0.0.0", "9.9.9"}, {}},
    {"^1 <1.5", {"1.4.9"}, {"1.5.0", "2.0.0"}},
};

TEST(VersionRange, ContainsWhatItSays) {
  for (const RangeCase& one : kRanges) {
    const VersionRange range(one.range);
    EXPECT_EQ(range.text(), one.range);
    for (const std::string& version : one.inside) {
      EXPECT_TRUE(range.Contains(ParseVersion(version))) << one.range << " has " << version;
    }
    for (const std::string& version : one.outside) {
      EXPECT_FALSE(range.Contains(ParseVersion(version))) << one.range << " lacks " << version;
    }
  }
}

TEST(VersionRange, BadInputIsASentence) {
  for (const char* text :
       {"latest", "^", ">=", "1.0.0 <", ">= <1", "^^1", "<>1", "1.2.3.4", "1.x.3", "01.0.0", "1..2",
        "1.0.0-", "v1", "1 || 2", "1,2", "-1", ">=1.0-rc", "18446744073709551615", "^1.0\n"}) {
    try {
      const VersionRange range(text);
      ADD_FAILURE() << "accepted '" << text << "'";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kConfig);
      const std::string start =
          "expected a version range such as 1.0.0, ^1.0, ~1.2, 1.x, '>=1.0 <2' or *, found '";
      EXPECT_EQ(std::string(error.what()).substr(0, start.size()), start);
    }
  }
  EXPECT_THROW(VersionRange(std::string(1000, '1')), Error);
}

}  // namespace
}  // namespace connhost
