// Incremental reads by a cursor: at or above the last value, ties once, types kept apart.
#include <gtest/gtest.h>

#include "plugins/ndjson/cursor_filter.h"
#include "tests/plugins/ndjson/input_folder.h"

namespace connhost::ndjson {
namespace {

using Texts = std::vector<std::string>;

class Cursor : public testing::Test {
 protected:
  Texts Run(const std::string& lines, const std::string& more = "") {
    folder_.Write("x.ndjson", lines);
    result_ = ReadAll(folder_.Config("x.ndjson"),
                      Request("x", R"(,"cursor":"at")" + more, "incremental"), state_);
    EXPECT_EQ(result_.status, CONNHOST_OK) << result_.sentence;
    if (!result_.states.empty()) state_ = result_.states.back();
    Texts ids;
    for (const std::string& row : result_.rows) ids.push_back(row.substr(19, row.find(',') - 19));
    return ids;
  }
  InputFolder folder_;
  std::string state_;
  sdk::ReadResult result_;
};

std::string Line(int id, const std::string& at) {
  return "{\"id\":" + std::to_string(id) + ",\"at\":" + at + "}\n";
}

TEST_F(Cursor, PassesWhatLiesAtOrAboveTheLastValueOnce) {
  const std::string first = Line(1, "10") + Line(2, "20") + Line(3, "20.0");
  EXPECT_EQ(Run(first), (Texts{"1", "2", "3"}));
  EXPECT_EQ(Run(first), Texts());
  EXPECT_EQ(Run(Line(9, "5") + first + Line(4, "2e1") + Line(5, "21")), (Texts{"4", "5"}))
      << "4 ties with the last value and is new";
  EXPECT_EQ(Run(first + Line(4, "2e1") + Line(5, "21") + Line(6, "21")), (Texts{"6"}));
  EXPECT_EQ(Run(Line(5, "21") + Line(6, "21")), Texts());
}

TEST_F(Cursor, KeepsNumbersExact) {
  EXPECT_EQ(Run(Line(1, "123456789012345678901")), (Texts{"1"}));
  EXPECT_EQ(Run(Line(1, "123456789012345678901") + Line(2, "123456789012345678900") +
                Line(3, "123456789012345678902")),
            (Texts{"3"}));
}

TEST_F(Cursor, OrdersStringsBytewiseAndReadsEscapes) {
  EXPECT_EQ(Run(Line(1, R"("2024-05-01")")), (Texts{"1"}));
  EXPECT_EQ(Run(Line(2, R"("2024-04-30")") + Line(3, R"("2024\u002d05-02")") + Line(4, R"("9")")),
            (Texts{"3", "4"}));
}

TEST_F(Cursor, WhatCannotBeOrderedIsRejected) {
  EXPECT_EQ(Run(Line(1, "1") + Line(2, "\"a\"") + Line(3, "null") + "{\"id\":4}\n" +
                Line(5, "[1]") + Line(6, "2")),
            (Texts{"1", "6"}));
  Texts codes;
  for (const sdk::Rejected& rejected : result_.rejected) codes.push_back(rejected.code);
  EXPECT_EQ(codes, (Texts{"cursor_type", "cursor_missing", "cursor_missing", "cursor_type"}));
}

TEST_F(Cursor, BeginsAtTheValueGiven) {
  EXPECT_EQ(Run(Line(1, "9") + Line(2, "10") + Line(3, "11"), R"(,"since":"10")"),
            (Texts{"2", "3"}));
  EXPECT_EQ(Run(Line(4, "10") + Line(5, "12"), R"(,"since":"10")"), (Texts{"5"}))
      << "the state goes before";
  state_.clear();
  EXPECT_EQ(Run(Line(1, "\"9\"") + Line(2, "\"10\""), R"(,"since":"5")"), (Texts{"1"}));
}

TEST_F(Cursor, ARunWithoutNewsKeepsTheState) {
  Run(Line(1, "5"));
  const std::string before = state_;
  EXPECT_EQ(Run(Line(0, "4")), Texts());
  EXPECT_EQ(state_, before);
}

TEST(CursorFilter, TiesBeyondTheCapAreToldNotLost) {
  CursorFilter first(nullptr, "");
  const auto document = [](size_t i) { return std::to_string(i); };
  constexpr size_t kCount = CursorFilter::kMostTies + 5;
  for (size_t i = 0; i < kCount; ++i) first.Judge("7", document(i));
  EXPECT_TRUE(first.overflowed());
  first.Finish();
  const sdk::Json state = first.State();
  EXPECT_LT(state.Write().size(), size_t{1} << 20);
  CursorFilter second(&state, "");
  size_t again = 0;
  for (size_t i = 0; i < kCount; ++i) {
    again += second.Judge("7", document(i)) == CursorFilter::Verdict::kTake ? 1U : 0U;
  }
  EXPECT_EQ(again, 5U);
  EXPECT_EQ(second.Judge("7", "new"), CursorFilter::Verdict::kTake);
}

}  // namespace
}  // namespace connhost::ndjson
