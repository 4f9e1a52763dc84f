#include "host/run/stop_signal.h"

#include <gtest/gtest.h>
#include <poll.h>

namespace connhost {
namespace {

bool Readable(int fd) {
  pollfd item{fd, POLLIN, 0};
  return ::poll(&item, 1, 0) == 1;
}

TEST(StopSignal, EscalatesFromRequestToForce) {
  StopSignal stop;
  EXPECT_FALSE(stop.requested());
  stop.Escalate();
  EXPECT_TRUE(stop.requested());
  EXPECT_FALSE(Readable(stop.force_fd()));
  stop.Escalate();
  EXPECT_TRUE(Readable(stop.force_fd()));
}

}  // namespace
}  // namespace connhost
