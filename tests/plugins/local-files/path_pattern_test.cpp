#include "plugins/local-files/path_pattern.h"

#include <gtest/gtest.h>

namespace connhost::local_files {
namespace {

struct Case {
  const char *pattern, *path;
  bool file, folder;  // whether it matches as such
};

TEST(PathPattern, MatchesAsGitignoreDoes) {
  for (const Case& c : std::initializer_list<Case>{
           {"*.md", "a.md", true, true},
           {"*.md", "x/y/a.md", true, true},
           {"*.md", "a.mdx", false, false},
           {"build/", "build", false, true},
           {"build/", "x/build", false, true},
           {"/build", "build", true, true},
           {"/build", "x/build", false, false},
           {"src/*.c", "src/a.c", true, true},
           {"src/*.c", "src/x/a.c", false, false},
           {"src/**/*.c", "src/a.c", true, true},
           {"src/**/*.c", "src/x/y/a.c", true, true},
           {"src/**", "src/x/y", true, true},
           {"**/t/**", "a/t/b", true, true},
           {"[ab]?", "b1", true, true},
           {"[ab]?", "c1", false, false},
           {"*", ".hidden", true, true},
       }) {
    EXPECT_EQ(PathPattern(c.pattern).Matches(c.path, false), c.file) << c.pattern << " " << c.path;
    EXPECT_EQ(PathPattern(c.pattern).Matches(c.path, true), c.folder) << c.pattern << " " << c.path;
  }
}

TEST(PathPattern, ManyDoubleStarsEnd) {
  std::string pattern, path;
  for (int i = 0; i < 60; ++i) {
    pattern += "**/a/";
    path += "a/";
  }
  EXPECT_FALSE(PathPattern(pattern + "b").Matches(path + "c", false));
}

}  // namespace
}  // namespace connhost::local_files
