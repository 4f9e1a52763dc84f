#include "host/run/stream_runner.h"

#include <poll.h>

#include <algorithm>
#include <random>

#include "base/error.h"
#include "base/time.h"

namespace connhost {
namespace {

// What follows a failed attempt.
struct Verdict {
  bool retry = false;
  int64_t delay_millis = 0;
};

class StreamRunner {
 public:
  StreamRunner(const RunContext& context, const StreamTask& task, StreamFigures* figures,
               StreamProgress* progress)
      : context_(context),
        task_(task),
        figures_(*figures),
        progress_(*progress),
        full_(context.options.full) {}

  void Run() {
    while (true) {
      const Verdict verdict = Attempt();
      if (!verdict.retry) return;
      if (!Wait(verdict.delay_millis)) return Fail(ErrorKind::kCancelled, "stopped on request");
      progress_.records = figures_.records_written;
      progress_.bytes = figures_.bytes_read;
      progress_.rejected = figures_.records_rejected;
    }
  }

 private:
  Verdict Attempt() {
    StreamAttempt attempt(context_, task_, full_, &figures_, &progress_);
    figures_.crashed = false;
    try {
      attempt.Run();
      figures_.status = "succeeded";
      figures_.cause.clear();
      figures_.cause_kind.clear();
      return {};
    } catch (const GuestError& error) {
      return Judge(error, attempt.made_progress(), error.retry_after_ms);
    } catch (const GuestFault& error) {
      figures_.crashed = true;
      return Judge(error, attempt.made_progress(), 0);
    } catch (const Error& error) {
      return Judge(error, attempt.made_progress(), 0);
    }
  }

  Verdict Judge(const Error& error, bool made_progress, uint64_t retry_after) {
    Fail(error.kind(), error.what());
    if (made_progress) {
      failures_ = 0;
      full_ = false;  // the next attempt goes on from what this one committed
    }
    ++failures_;
    if (error.kind() == ErrorKind::kStaleCursor && !full_) {
      full_ = true;
      Note("the stored state is of no use any more; reading from the start");
      return {true, 0};
    }
    const bool transient =
        error.kind() == ErrorKind::kTransient || error.kind() == ErrorKind::kThrottled;
    figures_.gave_up = transient && failures_ >= context_.options.attempts;
    if (!transient || figures_.gave_up) return {};
    const int64_t delay = Delay(retry_after);
    Note("attempt " + std::to_string(figures_.attempts) + " failed: " + error.what() +
         "; trying again in " + std::to_string(delay) + " ms from the last commit");
    return {true, delay};
  }

  int64_t Delay(uint64_t retry_after) {
    const RunOptions& options = context_.options;
    if (retry_after > 0) {
      constexpr uint64_t kLongestWait = 3'600'000;
      return static_cast<int64_t>(std::min(retry_after, kLongestWait));
    }
    const uint64_t doublings = std::min<uint64_t>(failures_ - 1, 20);
    const int64_t delay =
        std::min(options.first_delay_millis << doublings, options.longest_delay_millis);
    std::uniform_int_distribution<int64_t> jitter(delay / 2, delay);
    return jitter(random_);
  }

  // False when the run is to stop.
  bool Wait(int64_t millis) const {
    pollfd stop{context_.stop.request_fd(), POLLIN, 0};
    return ::poll(&stop, 1, static_cast<int>(millis)) == 0;
  }

  void Fail(ErrorKind kind, const std::string& cause) {
    figures_.status = kind == ErrorKind::kCancelled ? "cancelled" : "failed";
    figures_.cause_kind = ErrorKindName(kind);
    figures_.cause = cause;
  }

  void Note(const std::string& text) { context_.log.Write(2, task_.name, "host", text); }

  const RunContext& context_;
  const StreamTask& task_;
  StreamFigures& figures_;
  StreamProgress& progress_;
  bool full_;
  uint64_t failures_ = 0;  // in a row, without a commit in between
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace

void RunStream(const RunContext& context, const StreamTask& task, StreamFigures* figures,
               StreamProgress* progress) {
  const int64_t begin = NowMicros();
  figures->status = "running";
  progress->started = true;
  try {
    StreamRunner(context, task, figures, progress).Run();
  } catch (const std::exception& error) {
    figures->status = "failed";
    figures->cause_kind = ErrorKindName(ErrorKind::kInternal);
    figures->cause = error.what();
  }
  figures->wall_micros = NowMicros() - begin;
  progress->ended = true;
}

}  // namespace connhost
