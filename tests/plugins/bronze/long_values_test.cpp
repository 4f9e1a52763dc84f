// Records larger than any buffer of the writer, and batches that fill many.
#include "bronze_fixture.h"

namespace connhost::bronze {
namespace {

using sdk::Type;

class LongValuesTest : public BronzeTest {
 protected:
  LongValuesTest() : BronzeTest(Medium::kDisk) {}
};

// Positions of special characters differ from piece to piece.
std::string Pattern(size_t size) {
  std::string text;
  for (size_t i = 0; text.size() < size; ++i) text += std::string(i % 61, 'x') + "\"\n\\é";
  return text;
}

TEST_F(LongValuesTest, GoThroughInPieces) {
  const std::string text = Pattern(5'000'000);
  const std::string document = "[\"" + std::string(3'000'000, 'y') + "\", 1]";
  Table table({{"a", Type::kText}, {"b", Type::kBinary}, {"c", Type::kJson}, {"d", Type::kInt64}});
  table.column(0).AppendText(text);
  table.column(1).AppendText(text);
  table.column(2).AppendText(document);
  table.column(3).AppendInt64(1);
  Landing landing(Config(), Target());
  landing.Write(table, 1);
  landing.Commit(1, "{}", true);
  const std::vector<std::string> lines = Lines(Stream());
  ASSERT_EQ(lines.size(), 1U);
  const sdk::Json record = sdk::Json::Parse(lines[0], "the line");
  const sdk::Json* data = record.Find("data");
  ASSERT_NE(data, nullptr);
  EXPECT_TRUE(data->Find("a")->text() == text);
  EXPECT_EQ(data->Find("b")->text().size(), (text.size() + 2) / 3 * 4);
  EXPECT_EQ(data->Find("b")->text().find('='),
            text.size() % 3 == 0 ? std::string::npos
                                 : data->Find("b")->text().size() - (3 - text.size() % 3));
  EXPECT_EQ(data->Find("c")->items()[0].text().size(), 3'000'000U);
  EXPECT_EQ(data->GetInt("d", 0), 1);
  ExpectWhole(Stream());
}

TEST_F(LongValuesTest, ManyBlocksKeepEveryRecordWholeAndInOrder) {
  Landing landing(Config(), Target());
  landing.WriteIds(1, 9000, 1, 700);  // about 8 MB
  const sdk::Receipt receipt = landing.Commit(1, "{}", true);
  EXPECT_EQ(receipt.records, 9000U);
  EXPECT_EQ(receipt.bytes, std::filesystem::file_size(Stream() / "000000000001.ndjson"));
  EXPECT_EQ(Ids(Stream()), IdsFrom(1, 9000));
  ExpectWhole(Stream());
}

// Every byte becomes six, three times: around the size where lines are no longer written in one go.
TEST_F(LongValuesTest, TheWorstTextOnTheEdgeOfTheBuffer) {
  sdk::StreamTarget target = Target();
  target.key = {"a"};
  target.cursor = "a";
  Landing landing(Config(), target);
  std::vector<std::string> texts;
  for (size_t size = 10'000; size < 90'000; size += 1'700) texts.emplace_back(size, '\x01');
  Table table({{"a", Type::kText}});
  for (const std::string& text : texts) table.column(0).AppendText(text);
  landing.Write(table, 1);
  landing.Commit(1, "{}", true);
  const std::vector<std::string> lines = Lines(Stream());
  ASSERT_EQ(lines.size(), texts.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    const sdk::Json record = sdk::Json::Parse(lines[i], "the line");
    EXPECT_TRUE(record.Find("key")->items()[0].text() == texts[i]);
    EXPECT_TRUE(record.Find("cursor")->text() == texts[i]);
    EXPECT_TRUE(record.Find("data")->Find("a")->text() == texts[i]);
  }
}

// A segment that ends exactly on a block has no last piece.
TEST_F(LongValuesTest, ASegmentOfExactlyOneBlock) {
  Landing landing(Config(), Target());
  landing.WriteIds(1, 1, 1);
  const uint64_t bare = landing.Commit(1).bytes;
  landing.WriteIds(1, 1, 2, kBlock - bare);
  EXPECT_EQ(landing.Commit(2, "{}", true).bytes, kBlock);
  ExpectWhole(Stream());
}

}  // namespace
}  // namespace connhost::bronze
