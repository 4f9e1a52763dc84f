#include "host/pipeline/dead_letters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/json.h"

namespace connhost {
namespace {

class DeadLetters : public ::testing::Test {
 protected:
  std::set<std::string> Files() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "orders")) {
      names.insert(entry.path().filename());
    }
    return names;
  }
  DeadLetterWriter Writer() { return {folder_.path(), "orders", "run-1"}; }

  TemporaryDirectory folder_;
  const DeadLetter letter_ = {"orders.csv", 7,          "ragged_row", "expected 3 fields, found 2",
                              "a,b",        "csv@1.0.0"};
};

TEST_F(DeadLetters, BecomeVisibleWithTheirCommit) {
  DeadLetterWriter writer = Writer();
  writer.Add(letter_);
  EXPECT_EQ(Files(), std::set<std::string>{".open"});
  writer.Commit(4);
  EXPECT_EQ(Files(), std::set<std::string>{"000000000004.ndjson"});
  const Json line =
      ParseJson(ReadFile(folder_.path() / "orders/000000000004.ndjson"), "dead letter");
  EXPECT_EQ(TextOf(line["raw"]), "a,b");
  EXPECT_EQ(line["position"].GetUint64(), 7U);
  EXPECT_EQ(TextOf(line["code"]), "ragged_row");
  EXPECT_EQ(TextOf(line["by"]), "csv@1.0.0");
}

TEST_F(DeadLetters, NothingIsWrittenWhenThereIsNone) {
  DeadLetterWriter writer = Writer();
  writer.Recover(0);
  writer.Commit(1);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "orders"));
}

TEST_F(DeadLetters, ARepeatedSequenceReplacesItself) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    DeadLetterWriter writer = Writer();
    writer.Recover(3);  // commit 4 did not happen
    writer.Add(letter_);
    writer.Commit(4);
  }
  const std::string content = ReadFile(folder_.path() / "orders/000000000004.ndjson");
  EXPECT_EQ(std::count(content.begin(), content.end(), '\n'), 1);
}

TEST_F(DeadLetters, RecoverForgetsWhatWasNeverCommitted) {
  {
    DeadLetterWriter writer = Writer();
    writer.Add(letter_);
    writer.Commit(4);
    writer.Add(letter_);
    writer.Commit(5);
    writer.Add(letter_);
  }
  DeadLetterWriter writer = Writer();
  writer.Recover(4);
  EXPECT_EQ(Files(), std::set<std::string>{"000000000004.ndjson"});
}

TEST_F(DeadLetters, KeepsAnyBytes) {
  DeadLetterWriter writer = Writer();
  DeadLetter letter = letter_;
  letter.raw = std::string_view("\xFF\0z", 3);
  writer.Add(letter);
  writer.Commit(1);
  const Json line = ParseJson(ReadFile(folder_.path() / "orders/000000000001.ndjson"), "letter");
  EXPECT_EQ(TextOf(line["raw_base64"]), "/wB6");
  EXPECT_EQ(line["raw_bytes"].GetUint64(), 3U);
}

TEST(DeadLetterFolder, StaysInsideWhateverTheStreamIsCalled) {
  EXPECT_EQ(DeadLetterFolder("/d", "../../etc"), "/d/%2E.%2F..%2Fetc");
  EXPECT_EQ(DeadLetterFolder("/d", "a b/ü"), "/d/a%20b%2F%C3%BC");
  EXPECT_LT(DeadLetterFolder("/d", std::string(5000, 'x')).filename().string().size(), 255U);
  EXPECT_NE(DeadLetterFolder("/d", std::string(5000, 'x')),
            DeadLetterFolder("/d", std::string(5001, 'x')));
}

}  // namespace
}  // namespace connhost
