// Encodings and compression.
#include <gtest/gtest.h>

#include "tests/plugins/csv/csv_folder.h"

namespace connhost::csv {
namespace {

using Rows = std::vector<std::string>;

std::string Utf16(std::u16string_view text, bool big) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    bytes += big ? high : low;
    bytes += big ? low : high;
  }
  return bytes;
}

TEST(EncodingTest, IsConverted) {
  const Rows zoe = {"{\"a\":\"Zoë\",\"b\":\"2\"}"};
  EXPECT_EQ(ReadText("a,b\nZo\xEB,2\n", R"(,"encoding":"latin-1")").rows, zoe);
  EXPECT_EQ(ReadText("a,b\n\x80\x92\x81,2\n", R"(,"encoding":"windows-1252")").rows,
            Rows{"{\"a\":\"€’\xC2\x81\",\"b\":\"2\"}"});
  EXPECT_EQ(ReadText(Utf16(u"a,b\nZoë,2\n", false), R"(,"encoding":"utf-16le")").rows, zoe);
  EXPECT_EQ(ReadText(Utf16(u"a,b\nZoë,2\n", true), R"(,"encoding":"utf-16be")").rows, zoe);
}

TEST(EncodingTest, ByteOrderMarkDecides) {
  const Rows rocket = {"{\"a\":\"Zoë\",\"b\":\"🚀\"}"};
  for (const char* more : {"", R"(,"encoding":"latin-1")", R"(,"encoding":"utf-16")"}) {
    EXPECT_EQ(ReadText(Utf16(u"\xFEFF"
                             u"a,b\r\nZoë,🚀\r\n",
                             false),
                       more)
                  .rows,
              rocket);
    EXPECT_EQ(ReadText(Utf16(u"\xFEFF"
                             u"a,b\r\nZoë,🚀\r\n",
                             true),
                       more)
                  .rows,
              rocket);
    EXPECT_EQ(ReadText("\xEF\xBB\xBF"
                       "a,b\r\nZoë,🚀\r\n",
                       more)
                  .rows,
              rocket);
  }
}

TEST(EncodingTest, LoneSurrogatesAndCutUnitsAreRejected) {
  std::string text = Utf16(u"a,b\n1,2\n", false) + Utf16(std::u16string(1, 0xD800), false) +
                     Utf16(u"x,3\n4,5\n6,7", false) + "x";
  const sdk::ReadResult result = ReadText(text, R"(,"encoding":"utf-16le")");
  EXPECT_EQ(result.rows, (Rows{R"({"a":"1","b":"2"})", R"({"a":"4","b":"5"})"}));
  ASSERT_EQ(result.rejected.size(), 2U);
  EXPECT_EQ(result.rejected[0].code, "invalid_utf8");
  EXPECT_EQ(result.rejected[1].position, 4U);
}

TEST(EncodingTest, OneBadByteLateInTheFileIsOneRejection) {
  std::string text = "id,name\n";
  for (int i = 1; i <= 30000; ++i) {
    text += std::to_string(i) + (i == 20001 ? ",Zo\xEB\n" : ",Zoë\n");
  }
  const sdk::ReadResult result = ReadText(text, R"(,"types":{"id":"int64"})");
  ASSERT_EQ(result.rejected.size(), 1U);
  EXPECT_EQ(result.rejected[0].code, "invalid_utf8");
  EXPECT_EQ(
      result.rejected[0].reason,
      "column 'name' is not valid UTF-8 in row 20001 (line 20002) of t.csv; set 'encoding' to "
      "what the file is");
  ASSERT_EQ(result.rows.size(), 29999U);
  for (size_t i = 0; i < result.rows.size(); ++i) {
    const std::string id = std::to_string(i < 20000 ? i + 1 : i + 2);
    ASSERT_EQ(result.rows[i], "{\"id\":" + id + ",\"name\":\"Zoë\"}");
    ASSERT_EQ(result.positions[i], "t.csv:" + id);
  }
}

TEST(CompressionTest, IsFoundByItsFirstBytes) {
  const std::string text = "a,b\n1,2\n";
  const Rows rows = {R"({"a":"1","b":"2"})"};
  EXPECT_EQ(ReadText(Gzip(text)).rows, rows);
  EXPECT_EQ(ReadText(Zstd(text)).rows, rows);
  EXPECT_EQ(ReadText(Gzip("a,b\n") + Gzip("1,2\n")).rows, rows);
  EXPECT_EQ(ReadText(Zstd("a,b\n") + Zstd("1,2\n")).rows, rows);
  EXPECT_EQ(ReadText(Gzip(Utf16(u"\xFEFF"
                                u"a,b\n1,2\n",
                                true)))
                .rows,
            rows);
}

TEST(CompressionTest, DamageIsASentence) {
  std::string text = "a,b\n";
  for (int i = 0; i < 50000; ++i) text += std::to_string(i * 7919) + ",x\n";
  for (const std::string& packed : {Gzip(text), Zstd(text)}) {
    const sdk::ReadResult cut = ReadText(packed.substr(0, packed.size() - 20));
    EXPECT_EQ(cut.status, CONNHOST_TRANSIENT);
    EXPECT_NE(cut.sentence.find("cut short, or still being written"), std::string::npos);
    std::string damaged = packed;
    for (size_t i = packed.size() / 2; i < packed.size() / 2 + 40; ++i) damaged[i] ^= 0x55;
    const sdk::ReadResult broken = ReadText(damaged);
    EXPECT_NE(broken.status, CONNHOST_OK);
    EXPECT_NE(broken.sentence.find("'t.csv'"), std::string::npos) << broken.sentence;
  }
  EXPECT_EQ(ReadText("a,b\n1,2\n", R"(,"compression":"gzip")").status, CONNHOST_CONFIG);
  EXPECT_EQ(ReadText("a,b\n1,2\n", R"(,"compression":"zstd")").status, CONNHOST_CONFIG);
}

}  // namespace
}  // namespace connhost::csv
