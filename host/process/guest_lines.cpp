#include "host/process/guest_lines.h"

#include <connhost/plugin.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.h"
#include "base/time.h"

namespace connhost {
namespace {

constexpr size_t kMostRemembered = 200;  // bytes of one line
constexpr uint64_t kPerLine = 32;        // what a line costs beyond its bytes

}  // namespace

GuestLines::GuestLines(UniqueFd out, UniqueFd err, WorkerSession::LineSink sink)
    : streams_{Stream{std::move(out), "stdout", CONNHOST_LOG_INFO, {}},
               Stream{std::move(err), "stderr", CONNHOST_LOG_WARN, {}}},
      sink_(std::move(sink)),
      window_start_(SteadyMillis()) {}

void GuestLines::Read(size_t which) {
  Stream& stream = streams_[which];
  const auto add = [&](std::string_view line) { Add(stream.origin, stream.level, line); };
  char block[65536];
  for (int round = 0; round < 4 && stream.fd.valid(); ++round) {
    const ssize_t got = ::read(stream.fd.get(), block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got > 0) {
      stream.splitter.Add({block, static_cast<size_t>(got)}, add);
    } else {
      stream.fd.Reset();
      stream.splitter.Finish(add);
    }
  }
}

void GuestLines::AddLog(int level, std::string_view line) {
  Add("log", level, line.substr(0, LineSplitter::kMostLine));
}

void GuestLines::Finish() {
  for (size_t i = 0; i < streams_.size(); ++i) {
    Read(i);
    Stream& stream = streams_[i];
    stream.splitter.Finish([&](std::string_view line) { Add(stream.origin, stream.level, line); });
    stream.fd.Reset();
  }
  TurnWindow(SteadyMillis());
}

void GuestLines::Add(const char* origin, int level, std::string_view line) {
  const int64_t now = SteadyMillis();
  if (now - window_start_ >= kWindowMillis) TurnWindow(now);
  Remember(line);
  spent_ += line.size() + kPerLine;
  if (spent_ > kBudget) {
    ++dropped_;
  } else if (sink_) {
    sink_({origin, level, ReplaceInvalidUtf8(line)});
  }
}

void GuestLines::Remember(std::string_view line) {
  if (line.find("std::bad_alloc") != std::string_view::npos) said_bad_alloc_ = true;
  std::string text;
  if (last_.size() == kRemembered) {
    text = std::move(last_.front());
    last_.pop_front();
  }
  text.assign(line.substr(0, kMostRemembered));
  last_.push_back(IsValidUtf8(text) ? std::move(text) : ReplaceInvalidUtf8(text));
}

void GuestLines::TurnWindow(int64_t now) {
  if (dropped_ > 0 && sink_) {
    sink_({"log", CONNHOST_LOG_WARN,
           WithThousands(dropped_) + " further lines were dropped: a guest may log " +
               HumanBytes(kBudget) + " a minute"});
  }
  window_start_ = now;
  spent_ = 0;
  dropped_ = 0;
}

}  // namespace connhost
