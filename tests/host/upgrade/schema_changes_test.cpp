#include "host/run/schema_changes.h"

#include <gtest/gtest.h>

namespace connhost {
namespace {

CatalogStream Stream(const std::string& fields, const std::string& more = "") {
  return ReadCatalogStream("test", R"({"name":"orders","fields":[)" + fields + "]" + more + "}");
}

const char kId[] = R"({"name":"id","type":"int64","nullable":false})";

std::string Changes(const std::vector<CatalogStream>& before,
                    const std::vector<CatalogStream>& after) {
  std::string text;
  for (const SchemaChange& change : CompareStreams(before, after)) {
    text += change.severity + " " + change.stream + ": " + change.message + "\n";
  }
  return text;
}

std::string Field(const std::string& name, const std::string& type, bool nullable = true) {
  return R"({"name":")" + name + R"(","type":")" + type + R"(","nullable":)" +
         (nullable ? "true" : "false") + "}";
}

TEST(SchemaChanges, TheSameIsNoChange) {
  EXPECT_EQ(Changes({Stream(kId)}, {Stream(kId)}), "");
  EXPECT_EQ(Changes({}, {}), "");
}

TEST(SchemaChanges, StreamsComeAndGo) {
  EXPECT_EQ(Changes({Stream(kId)}, {}), "breaking orders: it is gone\n");
  EXPECT_EQ(Changes({}, {Stream(kId)}), "info orders: it is new\n");
}

TEST(SchemaChanges, ColumnsComeAndGo) {
  const auto with = Stream(std::string(kId) + "," + Field("note", "utf8"));
  EXPECT_EQ(Changes({Stream(kId)}, {with}), "info orders: column note (utf8) is new\n");
  EXPECT_EQ(Changes({with}, {Stream(kId)}), "breaking orders: column note is gone\n");
}

TEST(SchemaChanges, AnOrderOfColumnsIsNoChange) {
  EXPECT_EQ(Changes({Stream(Field("a", "utf8") + "," + Field("b", "utf8"))},
                    {Stream(Field("b", "utf8") + "," + Field("a", "utf8"))}),
            "");
}

TEST(SchemaChanges, TypesWidenOrBreak) {
  EXPECT_EQ(Changes({Stream(Field("n", "int64"))}, {Stream(Field("n", "float64"))}),
            "warning orders: column n is float64, was int64\n");
  EXPECT_EQ(Changes({Stream(Field("n", "float64"))}, {Stream(Field("n", "int64"))}),
            "breaking orders: column n is int64, was float64\n");
  EXPECT_EQ(Changes({Stream(Field("n", "int64"))}, {Stream(Field("n", "utf8"))}),
            "breaking orders: column n is utf8, was int64\n");
}

TEST(SchemaChanges, NullsAreToldOf) {
  EXPECT_EQ(Changes({Stream(Field("n", "int64", false))}, {Stream(Field("n", "int64", true))}),
            "warning orders: column n may now be null\n");
  EXPECT_EQ(Changes({Stream(Field("n", "int64", true))}, {Stream(Field("n", "int64", false))}),
            "info orders: column n may no longer be null\n");
}

TEST(SchemaChanges, AnotherKeyCursorOrSyncBreaks) {
  const auto plain = Stream(kId, R"(,"key":["id"],"cursor":"id","sync":["full","incremental"])");
  EXPECT_EQ(Changes({plain}, {Stream(kId, R"(,"cursor":"id","sync":["full","incremental"])")}),
            "breaking orders: the key is none, was id\n");
  EXPECT_EQ(Changes({plain}, {Stream(kId, R"(,"key":["id"],"sync":["full","incremental"])")}),
            "breaking orders: the cursor is none, was id\n");
  EXPECT_EQ(Changes({plain}, {Stream(kId, R"(,"key":["id"],"cursor":"id","sync":["full"])")}),
            "breaking orders: it can no longer be read with sync incremental\n");
}

}  // namespace
}  // namespace connhost
