// Lines of a guest: cut, counted, remembered, made valid.
#include "host/process/guest_lines.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace connhost {
namespace {

std::vector<std::string> Cut(const std::vector<std::string>& pieces) {
  std::vector<std::string> lines;
  const auto sink = [&](std::string_view line) { lines.emplace_back(line); };
  LineSplitter splitter;
  for (const std::string& piece : pieces) splitter.Add(piece, sink);
  splitter.Finish(sink);
  return lines;
}

TEST(LineSplitter, CutsWhereverThePiecesEnd) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(Cut({"one\ntwo\n"}), (Lines{"one", "two"}));
  EXPECT_EQ(Cut({"o", "n", "e", "\n", "t", "wo"}), (Lines{"one", "two"}));
  EXPECT_EQ(Cut({"\n", "one", "\n"}), (Lines{"", "one"}));
  EXPECT_EQ(Cut({}), Lines{});
}

TEST(LineSplitter, KeepsTheBeginningOfALongLine) {
  const std::string block(5000, 'x');
  const auto lines = Cut({block, block, block, "\nnext\n", std::string(100'000, 'y') + "\n"});
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], std::string(LineSplitter::kMostLine, 'x'));
  EXPECT_EQ(lines[1], "next");
  EXPECT_EQ(lines[2], std::string(LineSplitter::kMostLine, 'y'));
}

class GuestLinesTest : public testing::Test {
 protected:
  GuestLinesTest() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    write_ = UniqueFd(ends[1]);
    lines_ = std::make_unique<GuestLines>(UniqueFd(ends[0]), UniqueFd(),
                                          [this](const GuestLine& line) { seen_.push_back(line); });
  }

  UniqueFd write_;
  std::unique_ptr<GuestLines> lines_;
  std::vector<GuestLine> seen_;
};

TEST_F(GuestLinesTest, RemembersTheLastTwenty) {
  for (int i = 0; i < 100; ++i) lines_->AddLog(1, std::to_string(i));
  ASSERT_EQ(lines_->Last().size(), 20U);
  EXPECT_EQ(lines_->Last().front(), "80");
  EXPECT_EQ(lines_->Last().back(), "99");
  EXPECT_EQ(seen_.size(), 100U);
}

TEST_F(GuestLinesTest, MakesBytesValidText) {
  WriteAll(write_.get(),
           "a\xff"
           "b\nopen",
           "the pipe");
  lines_->Read(0);
  ASSERT_EQ(seen_.size(), 1U);
  EXPECT_EQ(seen_[0].text,
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(seen_[0].origin, "stdout");
  lines_->Finish();
  ASSERT_EQ(seen_.size(), 2U);
  EXPECT_EQ(seen_[1].text, "open") << "a line without an end is a line";
}

TEST_F(GuestLinesTest, CountsEmptyLinesAgainstTheBudget) {
  const uint64_t many = GuestLines::kBudget;
  for (uint64_t i = 0; i < many; ++i) lines_->AddLog(0, "");
  EXPECT_LT(seen_.size(), many / 16);
  const size_t passed = seen_.size();
  lines_->Finish();
  ASSERT_EQ(seen_.size(), passed + 1);
  EXPECT_NE(seen_.back().text.find("further lines were dropped"), std::string::npos);
}

TEST_F(GuestLinesTest, HearsBadAllocBeyondTheBudget) {
  lines_->AddLog(1, std::string(8192, 'x'));
  for (int i = 0; i < 200; ++i) lines_->AddLog(1, std::string(8192, 'x'));
  EXPECT_FALSE(lines_->said_bad_alloc());
  lines_->AddLog(3, "terminate called after throwing an instance of 'std::bad_alloc'");
  EXPECT_TRUE(lines_->said_bad_alloc());
}

}  // namespace
}  // namespace connhost
