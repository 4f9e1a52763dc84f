// Compressed segments: one frame each, the checksum over what is stored.
#include <zstd.h>

#include "bronze_fixture.h"

namespace connhost::bronze {
namespace {

class ZstdTest : public BronzeTest {
 protected:
  ZstdTest() : BronzeTest(Medium::kDisk) {}

  static std::string Unpack(const std::string& packed, size_t most) {
    std::string text(most, '\0');
    const size_t size = ZSTD_decompress(text.data(), most, packed.data(), packed.size());
    EXPECT_FALSE(ZSTD_isError(size)) << ZSTD_getErrorName(size);
    text.resize(ZSTD_isError(size) ? 0 : size);
    return text;
  }
};

TEST_F(ZstdTest, SegmentsUnpackToTheSameLines) {
  for (const int64_t records : {1, 9000}) {
    const std::string run = "run-" + std::to_string(records);
    Landing plain(Config(), [&] {
      sdk::StreamTarget target = Target(run);
      target.connection = "plain-" + run;
      return target;
    }());
    Landing packed(Config("zstd"), [&] {
      sdk::StreamTarget target = Target(run);
      target.connection = "packed-" + run;
      return target;
    }());
    for (Landing* landing : {&plain, &packed}) {
      landing->WriteIds(1, records, 1, 500);
      EXPECT_EQ(landing->Commit(1, "{}", true).records, static_cast<uint64_t>(records));
    }
    const auto folder = root() / "acme" / ("packed-" + run) / "orders";
    ExpectWhole(folder);
    const std::string lines =
        Segments(root() / "acme" / ("plain-" + run) / "orders").at("000000000001.ndjson");
    const std::string stored = Segments(folder).at("000000000001.ndjson.zst");
    EXPECT_TRUE(Unpack(stored, lines.size() + 1) == lines);
  }
}

// Random text hardly shrinks, so that the compressor's own buffer fills again and again.
TEST_F(ZstdTest, TextThatHardlyShrinksFillsManyBlocks) {
  Landing landing(Config("zstd"), Target());
  Table table({{"id", sdk::Type::kInt64}, {"noise", sdk::Type::kText}});
  uint64_t seed = 1;
  for (int64_t id = 1; id <= 4000; ++id) {
    std::string noise;
    for (int i = 0; i < 1000; ++i) {
      seed = seed * 6364136223846793005U + 1442695040888963407U;
      noise += static_cast<char>('#' + (seed >> 33) % 56);
    }
    table.column(0).AppendInt64(id);
    table.column(1).AppendText(noise);
  }
  landing.Write(table, 1);
  EXPECT_GT(landing.Commit(1, "{}", true).bytes, 2 * kBlock);
  ExpectWhole(Stream());
  const std::string text =
      Unpack(Segments(Stream()).at("000000000001.ndjson.zst"), size_t{16} << 20);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4000);
}

TEST_F(ZstdTest, AnInterruptedSegmentLeavesNoTraceInTheNext) {
  Landing landing(Config("zstd"), Target());
  landing.WriteIds(1, 9000, 1, 500);
  landing.Recover(Target());
  landing.WriteIds(1, 2, 1);
  landing.Commit(1, "{}", true);
  const std::string text = Unpack(Segments(Stream()).begin()->second, 1 << 20);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

}  // namespace
}  // namespace connhost::bronze
