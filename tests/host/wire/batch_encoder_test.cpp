// What a plugin may claim about its batch, and what it is told when the claim is wrong.
#include <gtest/gtest.h>

#include <functional>

#include "base/error.h"
#include "host/wire/frame.h"
#include "tests/host/wire/test_batches.h"

namespace connhost {
namespace {

Schema TwoColumns() {
  return Schema{{{"id", ColumnType::kInt64, false}, {"name", ColumnType::kUtf8, true}}};
}

std::vector<std::vector<Cell>> TwoRows() {
  return {{BytesOf(1), BytesOf(2)}, {"x", std::nullopt}};
}

struct Claim {
  const char* name;
  std::function<void(TestBatch*)> bend;
  const char* sentence;
};

int32_t offsets_from_one[] = {1, 2, 2};
int32_t offsets_to_minus_one[] = {0, 1, -1};
uint8_t one_null[] = {1};

const std::vector<Claim>& Claims() {
  static const std::vector<Claim> claims = {
      {"Released", [](TestBatch* b) { b->array().release = nullptr; }, "released before"},
      {"NoRows", [](TestBatch* b) { b->array().length = 0; }, "0 rows; expected 1 to 8192"},
      {"TooManyRows", [](TestBatch* b) { b->array().length = 8193; }, "8193 rows"},
      {"NegativeRows", [](TestBatch* b) { b->array().length = -1; }, "-1 rows"},
      {"TableOffset", [](TestBatch* b) { b->array().offset = 1; }, "the array offset is 1; sliced"},
      {"FewerColumns", [](TestBatch* b) { b->array().n_children = 1; },
       "1 columns; the schema declared 2"},
      {"NegativeColumns", [](TestBatch* b) { b->array().n_children = -1; }, "-1 columns"},
      {"NoChildren", [](TestBatch* b) { b->array().children = nullptr; }, "NULL pointer"},
      {"NullRecords", [](TestBatch* b) { b->array().null_count = 1; }, "record as a whole is null"},
      {"NullChild", [](TestBatch* b) { b->array().children[1] = nullptr; },
       "column 'name': the array is a NULL pointer"},
      {"ReleasedChild", [](TestBatch* b) { b->child(1).release = nullptr; },
       "column 'name': the array was released"},
      {"ShorterColumn", [](TestBatch* b) { b->child(1).length = 1; },
       "column 'name': 1 rows; the batch has 2"},
      {"ColumnOffset", [](TestBatch* b) { b->child(0).offset = 3; },
       "column 'id': the array offset is 3; sliced"},
      {"WrongBuffers", [](TestBatch* b) { b->child(1).n_buffers = 2; },
       "column 'name': 2 buffers; a column of utf8 has 3"},
      {"NoBuffers", [](TestBatch* b) { b->child(0).buffers = nullptr; }, "column 'id': 2 buffers"},
      {"Dictionary", [](TestBatch* b) { b->child(0).dictionary = &b->array(); },
       "column 'id': dictionaries"},
      {"NullsClaimed", [](TestBatch* b) { b->child(0).null_count = 1; },
       "column 'id': the null count is 1, but the validity bitmap holds 0"},
      {"NullsDenied", [](TestBatch* b) { b->child(1).null_count = 0; },
       "column 'name': the null count is 0, but the validity bitmap holds 1"},
      {"NullsAbsurd", [](TestBatch* b) { b->child(1).null_count = -2; },
       "column 'name': the null count is -2"},
      {"NullsForbidden",
       [](TestBatch* b) {
         b->child(0).buffers[0] = one_null;
         b->child(0).null_count = -1;
       },
       "column 'id': 1 nulls, though the schema says that it has none"},
      {"NoOffsets", [](TestBatch* b) { b->child(1).buffers[1] = nullptr; },
       "column 'name': the offsets are a NULL pointer"},
      {"OffsetsFromOne", [](TestBatch* b) { b->child(1).buffers[1] = offsets_from_one; },
       "column 'name': the first offset is 1; expected 0"},
      {"OffsetsNegative", [](TestBatch* b) { b->child(1).buffers[1] = offsets_to_minus_one; },
       "column 'name': the last offset is -1"},
      {"NoData", [](TestBatch* b) { b->child(0).buffers[1] = nullptr; },
       "column 'id': the data is a NULL pointer"},
  };
  return claims;
}

class WrongClaim : public testing::TestWithParam<Claim> {};

TEST_P(WrongClaim, IsRefusedWithASentence) {
  TestBatch batch(TwoColumns(), TwoRows());
  GetParam().bend(&batch);
  try {
    batch.Payload();
    FAIL() << "accepted";
  } catch (const Error& error) {
    const std::string sentence = error.what();
    EXPECT_EQ(sentence.rfind("the emitted batch: ", 0), 0U) << sentence;
    EXPECT_NE(sentence.find(GetParam().sentence), std::string::npos) << sentence;
  }
}

INSTANTIATE_TEST_SUITE_P(Claims, WrongClaim, testing::ValuesIn(Claims()),
                         [](const auto& claim) { return claim.param.name; });

TEST(BatchEncoder, CountsNullsThatThePluginDidNotCount) {
  TestBatch batch(TwoColumns(), TwoRows());
  const std::string counted = batch.Payload();
  batch.child(1).null_count = -1;
  EXPECT_EQ(batch.Payload(), counted);
}

TEST(BatchEncoder, LeavesOutABitmapWithoutNulls) {
  TestBatch batch(TwoColumns(), {{BytesOf(1), BytesOf(2)}, {"x", "y"}});
  const std::string without = batch.Payload();
  uint8_t all_there[] = {0xFF};
  batch.child(1).buffers[0] = all_there;
  batch.child(1).null_count = -1;
  EXPECT_EQ(batch.Payload(), without);
}

TEST(BatchEncoder, BorrowsTheBuffersOfThePlugin) {
  TestBatch batch(TwoColumns(), TwoRows());
  BatchEncoder encoder;
  const std::vector<iovec>& parts = encoder.Encode(batch.array(), batch.schema(), nullptr);
  const auto borrows = [&](const void* buffer) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const iovec& part) { return part.iov_base == buffer; });
  };
  EXPECT_TRUE(borrows(batch.child(0).buffers[1]));
  EXPECT_TRUE(borrows(batch.child(1).buffers[1]));
  EXPECT_TRUE(borrows(batch.child(1).buffers[2]));
}

TEST(BatchEncoder, IsReusedForAnotherBatch) {
  TestBatch large(EveryType(), RandomCells(EveryType(), 500, 2));
  TestBatch small(TwoColumns(), TwoRows());
  BatchEncoder encoder;
  encoder.Encode(large.array(), large.schema(), nullptr);
  EXPECT_EQ(Join(encoder.Encode(small.array(), small.schema(), nullptr)), small.Payload());
}

TEST(BatchEncoder, RefusesABatchAboveTheLimitOfAFrame) {
  // One text that claims the whole limit: only its offsets are read.
  TestBatch batch(OneColumn(ColumnType::kUtf8), {{"x"}});
  const int32_t offsets[] = {0, static_cast<int32_t>(kMaxPayload)};
  batch.child(0).buffers[1] = offsets;
  BatchEncoder encoder;
  try {
    encoder.Encode(batch.array(), batch.schema(), nullptr);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("emit fewer rows at once"), std::string::npos);
  }
}

}  // namespace
}  // namespace connhost
