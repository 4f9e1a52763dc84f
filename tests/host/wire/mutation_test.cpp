// The seeds of the fuzzers, replayed as they are and bent at random (always in the same way).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <random>

#include "base/error.h"
#include "base/files.h"
#include "tests/host/wire/fuzz/fuzz_inputs.h"
#include "tests/host/wire/test_batches.h"

namespace connhost {
namespace {

std::vector<std::string> Corpus(const std::string& name) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(WIRE_FUZZ_FOLDER "/" + name)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> inputs;
  for (const auto& path : paths) inputs.push_back(ReadFile(path));
  return inputs;
}

class Bender {
 public:
  explicit Bender(uint32_t seed) : random_(seed) {}

  std::string Bend(std::string input) {
    for (auto times = random_() % 3 + 1; times > 0 && input.size() > 8; --times) BendOnce(&input);
    return input;
  }

 private:
  size_t Below(size_t limit) { return random_() % limit; }

  void BendOnce(std::string* input) {
    static constexpr uint64_t kEdges[] = {
        0,    1,          7,          8,          0x7F,         0x80,
        0xFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, ~uint64_t{0}, uint64_t{1} << 63};
    const size_t at = Below(input->size() - 8);
    switch (Below(5)) {
      case 0:
        (*input)[at] = static_cast<char>((*input)[at] ^ (1 << Below(8)));
        break;
      case 1:
        (*input)[at] = static_cast<char>(random_());
        break;
      case 2: {
        const uint64_t edge = kEdges[Below(std::size(kEdges))];
        std::memcpy(input->data() + at, &edge, size_t{1} << Below(4));
        break;
      }
      case 3:
        input->erase(at, Below(9));
        break;
      default:
        input->insert(at, input->substr(Below(input->size()), Below(9)));
        break;
    }
  }

  std::mt19937 random_;
};

TEST(Mutation, SeedsOfTheBatchFuzzerDecode) {
  const std::vector<std::string> corpus = Corpus("fuzz_batch");
  ASSERT_GE(corpus.size(), 14U);
  for (const std::string& input : corpus) {
    FuzzBatch(input);
    // A seed that no longer decodes would test nothing.
    uint16_t length;
    std::memcpy(&length, input.data() + 1, sizeof length);
    const std::string_view rest = std::string_view(input).substr(3);
    const Schema schema = DecodeSchema(rest.substr(0, length), static_cast<uint8_t>(input[0]));
    const ExactCopy payload(rest.substr(length));
    BatchView view;
    EXPECT_NO_THROW(DecodeBatch(payload.view(), schema, &view));
  }
}

TEST(Mutation, BentBatchesNeverGoUnnoticed) {
  Bender bender(20261121);
  for (const std::string& input : Corpus("fuzz_batch")) {
    for (int i = 0; i < 1500; ++i) FuzzBatch(bender.Bend(input));
  }
}

TEST(Mutation, BentFramesNeverBreakTheChannel) {
  Bender bender(42);
  const std::vector<std::string> corpus = Corpus("fuzz_frame");
  ASSERT_GE(corpus.size(), 6U);
  for (const std::string& input : corpus) {
    FuzzFrame(input);
    for (int i = 0; i < 400; ++i) FuzzFrame(bender.Bend(input));
  }
}

// encode(decode(x)) == x, over random tables.
TEST(Mutation, RandomTablesComeBackByteForByte) {
  for (uint32_t seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    Schema schema = EveryType();
    std::shuffle(schema.columns.begin(), schema.columns.end(), random);
    schema.columns.resize(1 + random() % schema.columns.size());
    for (Column& column : schema.columns) column.nullable = random() % 3 != 0;
    const auto rows = static_cast<uint32_t>(1 + random() % 300);
    const std::string payload = TestBatch(schema, RandomCells(schema, rows, seed)).Payload();
    FuzzBatch(BatchInput(schema, payload));
    BatchView view;
    const ExactCopy copy(payload);
    ASSERT_NO_THROW(DecodeBatch(copy.view(), schema, &view)) << seed;
  }
}

}  // namespace
}  // namespace connhost
