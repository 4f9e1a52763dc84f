#include "manifests/uri.h"

#include <gtest/gtest.h>

namespace connhost {
namespace {

// The examples of RFC 3986, section 5.4.
TEST(Uri, ResolvesTheExamplesOfItsStandard) {
  const std::pair<const char*, const char*> kCases[] = {{"g:h", "g:h"},
                                                        {"g", "http://a/b/c/g"},
                                                        {"./g", "http://a/b/c/g"},
                                                        {"g/", "http://a/b/c/g/"},
                                                        {"/g", "http://a/g"},
                                                        {"//g", "http://g"},
                                                        {"?y", "http://a/b/c/d;p?y"},
                                                        {"g?y", "http://a/b/c/g?y"},
                                                        {"#s", "http://a/b/c/d;p?q#s"},
                                                        {"g#s", "http://a/b/c/g#s"},
                                                        {"g?y#s", "http://a/b/c/g?y#s"},
                                                        {";x", "http://a/b/c/;x"},
                                                        {"g;x", "http://a/b/c/g;x"},
                                                        {"", "http://a/b/c/d;p?q"},
                                                        {".", "http://a/b/c/"},
                                                        {"./", "http://a/b/c/"},
                                                        {"..", "http://a/b/"},
                                                        {"../", "http://a/b/"},
                                                        {"../g", "http://a/b/g"},
                                                        {"../..", "http://a/"},
                                                        {"../../g", "http://a/g"},
                                                        {"../../../g", "http://a/g"},
                                                        {"/./g", "http://a/g"},
                                                        {"/../g", "http://a/g"},
                                                        {"g.", "http://a/b/c/g."},
                                                        {"..g", "http://a/b/c/..g"},
                                                        {"./g/.", "http://a/b/c/g/"},
                                                        {"g/./h", "http://a/b/c/g/h"},
                                                        {"g/../h", "http://a/b/c/h"},
                                                        {"g?y/./x", "http://a/b/c/g?y/./x"},
                                                        {"g#s/../x", "http://a/b/c/g#s/../x"}};
  for (const auto& [reference, expected] : kCases) {
    EXPECT_EQ(ResolveUri("http://a/b/c/d;p?q", reference), expected) << reference;
  }
}

TEST(Uri, ResolvesAgainstNothingAndWithoutPath) {
  EXPECT_EQ(ResolveUri("", "#/definitions/a"), "#/definitions/a");
  EXPECT_EQ(ResolveUri("", "a/b"), "a/b");
  EXPECT_EQ(ResolveUri("http://a", "b"), "http://a/b");
  EXPECT_EQ(ResolveUri("urn:x:y", "#z"), "urn:x:y#z");
}

TEST(Uri, SplitsAndDecodesTheFragment) {
  EXPECT_EQ(SplitFragment("http://a#/x%25y%2").fragment, "/x%y%2");
  EXPECT_EQ(SplitFragment("http://a#/x").resource, "http://a");
  EXPECT_EQ(SplitFragment("http://a").fragment, "");
}

}  // namespace
}  // namespace connhost
