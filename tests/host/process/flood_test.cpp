// Guests that talk too much: the host keeps little of it and counts the rest.
#include <sys/resource.h>

#include "host/process/guest_lines.h"
#include "tests/host/process/guest_fixture.h"

namespace connhost {
namespace {

class Flood : public GuestTest {
 protected:
  uint64_t PassedOn() const {
    uint64_t bytes = 0;
    for (const GuestLine& line : lines_) bytes += line.text.size();
    return bytes;
  }
  uint64_t Peak() const {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<uint64_t>(usage.ru_maxrss) << 10;
  }
};

TEST_F(Flood, OfStdoutIsCutAndCounted) {
  const uint64_t before = Peak();
  const Outcome outcome = Read("floods_stdout", {{"mebibytes", kSanitized ? "64" : "1024"}});
  EXPECT_EQ(outcome.kind, "") << outcome.sentence;
  EXPECT_LE(PassedOn(), GuestLines::kBudget + 1024);
  ASSERT_FALSE(lines_.empty());
  EXPECT_TRUE(Contains(lines_.back().text, "further lines were dropped")) << lines_.back().text;
  EXPECT_LT(Peak() - before, uint64_t{32} << 20);
}

TEST_F(Flood, OfLogCallsIsCutAndCounted) {
  const Outcome outcome = Read("floods_log", {{"lines", "100000"}});
  EXPECT_EQ(outcome.kind, "") << outcome.sentence;
  EXPECT_LE(PassedOn(), GuestLines::kBudget + 1024);
  EXPECT_TRUE(Contains(lines_.back().text, "further lines were dropped")) << lines_.back().text;
}

}  // namespace
}  // namespace connhost
