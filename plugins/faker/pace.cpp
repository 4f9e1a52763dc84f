#include "plugins/faker/pace.h"

#include <algorithm>
#include <thread>

namespace connhost::faker {

void Pace::Await(uint64_t rows) const {
  if (rate_ == 0) return;
  using Clock = std::chrono::steady_clock;
  const std::chrono::duration<double> span(static_cast<double>(rows) / static_cast<double>(rate_));
  const Clock::time_point due = start_ + std::chrono::duration_cast<Clock::duration>(span);
  while (Clock::now() < due) {
    host_.Poll();
    const Clock::duration left = due - Clock::now();
    std::this_thread::sleep_for(std::min<Clock::duration>(left, std::chrono::milliseconds(100)));
  }
}

}  // namespace connhost::faker
