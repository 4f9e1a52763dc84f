// A run as a person watches it: a live line per stream on a terminal, plain lines elsewhere.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "host/run/run_engine.h"

namespace connhost {

// Writes to stderr from a thread of its own between OnStart and OnEnd.
class RunView : public RunObserver {
 public:
  enum class Style { kLive, kPlain, kQuiet };
  // kLive on a terminal, else kPlain.
  static Style StyleFor(int fd);

  explicit RunView(Style style) : style_(style) {}
  ~RunView() override;

  void OnStart(const std::string& run_id,
               const std::vector<std::unique_ptr<StreamProgress>>& streams) override;
  void OnEnd() override;

 private:
  void Watch();
  void Draw();
  std::string Line(const StreamProgress& stream) const;

  const Style style_;
  const std::vector<std::unique_ptr<StreamProgress>>* streams_ = nullptr;
  int64_t begin_ = 0;
  size_t drawn_ = 0;  // lines on the screen
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ended_ = false;
  std::thread thread_;
};

// The table at the end of a run, and where to look next.
std::string RunSummary(const RunOutcome& outcome, bool colour, size_t width);

// Why streams, or the run as a whole, did not succeed: a line each, "" when all did.
std::string RunCauses(const RunOutcome& outcome, bool colour);

}  // namespace connhost
