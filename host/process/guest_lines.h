// The lines a guest writes: passed on within a budget, counted beyond it, the last ones remembered.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "host/process/line_splitter.h"
#include "host/process/worker_session.h"

namespace connhost {

// Owns the read ends of the guest's stdout and stderr. Memory is bounded whatever the guest writes.
class GuestLines {
 public:
  // A guest may pass on this much in a minute; what is beyond is dropped, and one line says how
  // many lines that were.
  static constexpr uint64_t kBudget = 1U << 20;
  static constexpr int64_t kWindowMillis = 60'000;
  static constexpr size_t kRemembered = 20;

  GuestLines(UniqueFd out, UniqueFd err, WorkerSession::LineSink sink);

  // Descriptors to be polled for input: -1 once that stream has ended.
  std::array<int, 2> fds() const { return {streams_[0].fd.get(), streams_[1].fd.get()}; }

  // Reads what is there now from stream 0 (stdout) or 1 (stderr), at most 256 KiB.
  void Read(size_t stream);
  // A line of the guest's log call.
  void AddLog(int level, std::string_view line);
  // After the guest's end: reads the rest, hands over open lines and the last count.
  void Finish();

  // The last lines, oldest first, cut to 200 bytes each. Valid UTF-8.
  std::vector<std::string> Last() const { return {last_.begin(), last_.end()}; }
  // Whether a line said so, even one that was not passed on.
  bool said_bad_alloc() const { return said_bad_alloc_; }

 private:
  struct Stream {
    UniqueFd fd;
    const char* origin;
    int level;
    LineSplitter splitter;
  };

  void Add(const char* origin, int level, std::string_view line);
  void Remember(std::string_view line);
  void TurnWindow(int64_t now);

  std::array<Stream, 2> streams_;
  WorkerSession::LineSink sink_;
  std::deque<std::string> last_;
  bool said_bad_alloc_ = false;
  int64_t window_start_;
  uint64_t spent_ = 0;
  uint64_t dropped_ = 0;
};

}  // namespace connhost
