#include <gtest/gtest.h>

#include "plugins/ndjson/settings.h"
#include "tests/plugins/ndjson/input_folder.h"

namespace connhost::ndjson {
namespace {

std::string Refusal(const std::string& config) {
  sdk::PluginTest source(connhost_plugin_v1, config);
  EXPECT_EQ(source.created(), CONNHOST_CONFIG) << config;
  return source.host.sentence;
}

TEST(Settings, AreRefusedWithASentence) {
  EXPECT_EQ(Refusal("{}"), "'path' must name a file, a folder or a pattern, but is empty");
  EXPECT_EQ(Refusal(R"({"path":"x","format":"xml"})"),
            "'format' must be one of auto, lines, array, but is 'xml'");
  EXPECT_EQ(Refusal(R"({"path":"x","compression":"lzma"})"),
            "'compression' must be one of auto, none, gzip, zstd, but is 'lzma'");
  EXPECT_EQ(Refusal(R"({"path":"x","pointer":"items"})"),
            "'pointer' must begin with '/', as in \"/items\", but is 'items'");
  EXPECT_EQ(Refusal(R"({"path":"x","pointer":"/a~2"})"),
            "'pointer' holds '~' at character 3, which must be followed by 0 (for ~) or 1 (for /): "
            "'/a~2'");
  EXPECT_EQ(Refusal(R"({"path":"x","pointer":"/a","format":"lines"})"),
            "'pointer' names an array inside one document, but 'format' is 'lines': remove one");
  EXPECT_EQ(Refusal(R"({"path":"x","max_record_bytes":0})"),
            "'max_record_bytes' must be from 1 to 1073741824, but is 0");
}

TEST(Settings, APointerIsCutIntoItsTokens) {
  EXPECT_EQ(ParsePointer("/items/0/a~1b~0"), (std::vector<std::string>{"items", "0", "a/b~"}));
  EXPECT_EQ(ParsePointer("/"), (std::vector<std::string>{""}));
  EXPECT_EQ(ParsePointer(""), std::vector<std::string>());
}

}  // namespace
}  // namespace connhost::ndjson
