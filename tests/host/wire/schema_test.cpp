#include <gtest/gtest.h>

#include <cstring>

#include "base/error.h"
#include "base/json.h"
#include "tests/host/wire/test_batches.h"

namespace connhost {
namespace {

template <typename Call>
void ExpectRefusal(const Call& call, const std::string& part) {
  try {
    call();
    FAIL() << "accepted; expected: " << part;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInternal);
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}

TEST(SchemaCodec, RoundTrip) {
  Schema schema = EveryType();
  schema.columns[2].nullable = false;
  schema.columns[3].name = "\xC3\xA4 'quoted' \n";
  schema.columns[3].native = "postgresql:uuid";
  schema.columns[10].native = std::string(256, 'n');
  EXPECT_EQ(DecodeSchema(EncodeSchema(schema), schema.columns.size()), schema);
  EXPECT_EQ(DecodeSchema("", 0), Schema{});
}

TEST(SchemaCodec, RefusesEveryCutAndAWrongCount) {
  const std::string payload = EncodeSchema(EveryType());
  for (size_t size = 0; size < payload.size(); ++size) {
    EXPECT_THROW(DecodeSchema(payload.substr(0, size), 11), Error) << size;
  }
  ExpectRefusal([&] { DecodeSchema(payload, 12); }, "ends too early");
  ExpectRefusal([&] { DecodeSchema(payload, 10); }, "bytes after its end");
  ExpectRefusal([&] { DecodeSchema(payload, 4097); }, "4097 columns; at most 4096");
  ExpectRefusal([&] { DecodeSchema(payload, ~uint64_t{0}); }, "18446744073709551615 columns");
}

TEST(SchemaCodec, RefusesWhatTheFormatDoesNotHave) {
  const std::string good = EncodeSchema(OneColumn(ColumnType::kDecimal128));
  const auto bent = [&](size_t at, int value) {
    std::string payload = good;
    payload[at] = static_cast<char>(value);
    return [payload] { DecodeSchema(payload, 1); };
  };
  ExpectRefusal(bent(0, 0), "column 1 of the schema has the type code 0; expected 1 to 11");
  ExpectRefusal(bent(0, 12), "type code 12");
  ExpectRefusal(bent(1, 4), "has the flags 4");
  ExpectRefusal(bent(1, 2), "ends too early");
  ExpectRefusal(bent(2, 0), "precision of 1 to 38");
  ExpectRefusal(bent(2, 39), "found 39,2");
  ExpectRefusal(bent(3, 11), "found 10,11");
  ExpectRefusal(bent(0, 2), "only decimal128 has a precision");
  ExpectRefusal(bent(7, 255), "ends too early");
  ExpectRefusal(bent(8, 0), "the name holds a NUL byte");
  ExpectRefusal(bent(8, 0xFF), "the name is not valid UTF-8");
}

TEST(SchemaCodec, RefusesANativeTypeThatIsNoName) {
  const auto refuses = [](const std::string& native, const char* sentence) {
    Schema schema = OneColumn(ColumnType::kUtf8);
    schema.columns[0].native = native;
    ExpectRefusal([&] { DecodeSchema(EncodeSchema(schema), 1); }, sentence);
  };
  refuses(std::string(257, 'n'), "its native type has 257 bytes; at most 256");
  refuses("\xFF", "its native type is not valid UTF-8");
  refuses(std::string("a\0b", 3), "holds a NUL byte");
  Schema schema = OneColumn(ColumnType::kUtf8);
  std::string empty = EncodeSchema(schema) + std::string(4, '\0');
  empty[1] = 2;
  ExpectRefusal([&] { DecodeSchema(empty, 1); }, "announces a native type and has none");
}

TEST(SchemaCodec, RefusesEmptyAndRepeatedNames) {
  Schema schema = OneColumn(ColumnType::kBool);
  schema.columns.push_back(schema.columns[0]);
  ExpectRefusal([&] { DecodeSchema(EncodeSchema(schema), 2); },
                "column 2 'c': an earlier column has the same name");
  schema.columns[1].name = "";
  ExpectRefusal([&] { DecodeSchema(EncodeSchema(schema), 2); }, "column 2 has no name");
}

TEST(SchemaCodec, TakesTheMostColumns) {
  Schema schema;
  for (int i = 0; i < 4096; ++i) schema.columns.push_back({std::to_string(i)});
  EXPECT_EQ(DecodeSchema(EncodeSchema(schema), 4096), schema);
}

TEST(Schema, FindsColumnsByName) {
  const Schema schema = EveryType();
  EXPECT_EQ(schema.Find("int64"), 1);
  EXPECT_EQ(schema.Find("decimal128(38,9)"), 8);
  EXPECT_EQ(schema.Find("INT64"), -1);
}

TEST(SchemaJson, RoundTrip) {
  Schema schema = EveryType();
  schema.columns[0].nullable = false;
  schema.columns[3].native = "postgresql:uuid";
  Json document;
  const JsonValue fields = SchemaToJson(schema, &document);
  EXPECT_EQ(SchemaFromJson(ParseJson(WriteJson(fields), "fields")), schema);
}

TEST(SchemaJson, WritesTheNamesOfTheContract) {
  Json document;
  const std::string expected =
      R"json([{"name":"c","type":"decimal128(10,2)","nullable":false}])json";
  EXPECT_EQ(WriteJson(SchemaToJson(OneColumn(ColumnType::kDecimal128, false), &document)),
            expected);
}

TEST(SchemaJson, TakesNullableAsTheDefault) {
  const Json fields = ParseJson(R"([{"name":"a","type":"timestamptz"}])", "fields");
  EXPECT_TRUE(SchemaFromJson(fields).columns[0].nullable);
}

TEST(SchemaJson, RefusesWithASentence) {
  const auto refuses = [](const char* text, const char* sentence) {
    ExpectRefusal([&] { SchemaFromJson(ParseJson(text, "fields")); }, sentence);
  };
  refuses("{}", "schema: expected an array of fields");
  refuses("[1]", "field 1: expected an object");
  refuses(R"([{"type":"utf8"}])", "field 1: expected a text 'name'");
  refuses(R"([{"name":3,"type":"utf8"}])", "field 1: expected a text 'name'");
  refuses(R"([{"name":"a"}])", "field 1 'a': expected a text 'type'");
  refuses(R"([{"name":"a","type":"int46"}])", "unknown type 'int46' (did you mean 'int64'?)");
  refuses(R"([{"name":"a","type":"utf8","nullible":true}])",
          "unknown key 'nullible' (did you mean");
  refuses(R"([{"name":"a","type":"utf8","nullable":1}])", "expected true or false");
  refuses(R"([{"name":"a","type":"utf8","native":1}])", "expected a text 'native'");
  refuses(R"([{"name":"","type":"utf8"}])", "column 1 has no name");
  refuses(R"([{"name":"a\u0000b","type":"utf8"}])", "NUL byte");
  for (const char* decimal :
       {"decimal128", "decimal128()", "decimal128(5)", "decimal128(5,2", "decimal128(5,2)x",
        "decimal128(-5,2)", "decimal128(300,2)", "decimal128( 5,2)"}) {
    const std::string text = std::string(R"([{"name":"a","type":")") + decimal + "\"}]";
    refuses(text.c_str(), "unknown type");
  }
  refuses(R"json([{"name":"a","type":"decimal128(39,2)"}])json", "precision of 1 to 38");
}

}  // namespace
}  // namespace connhost
