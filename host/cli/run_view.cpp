#include "host/cli/run_view.h"

#include <unistd.h>

#include <chrono>

#include "base/text.h"
#include "base/time.h"
#include "host/cli/run_json.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

constexpr size_t kMostLiveLines = 12;

std::string Rate(uint64_t records, int64_t millis) {
  return WithThousands(millis <= 0 ? 0 : records * 1000 / static_cast<uint64_t>(millis)) + "/s";
}

Colour StatusColour(const StreamFigures& figures) {
  if (figures.status == "failed") return Colour::kRed;
  if (figures.status == "cancelled" || figures.records_rejected > 0) return Colour::kYellow;
  return Colour::kGreen;
}

}  // namespace

RunView::Style RunView::StyleFor(int fd) {
  return ::isatty(fd) == 1 ? Style::kLive : Style::kPlain;
}

RunView::~RunView() {
  RunView::OnEnd();
}

void RunView::OnStart(const std::string& run_id,
                      const std::vector<std::unique_ptr<StreamProgress>>& streams) {
  if (style_ == Style::kQuiet) return;
  streams_ = &streams;
  begin_ = SteadyMillis();
  if (!Tell("run " + run_id + "\n")) return;
  thread_ = std::thread([this] { Watch(); });
}

void RunView::OnEnd() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void RunView::Watch() {
  const auto period = std::chrono::milliseconds(style_ == Style::kLive ? 200 : 5000);
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, period, [this] { return ended_; })) Draw();
  if (style_ == Style::kLive && drawn_ > 0) Draw();
}

void RunView::Draw() {
  std::string text;
  if (style_ == Style::kLive && drawn_ > 0) text = "\033[" + std::to_string(drawn_) + "A";
  drawn_ = 0;
  const size_t width = TerminalWidth(STDERR_FILENO);
  for (const auto& stream : *streams_) {
    if (!stream->started || drawn_ == kMostLiveLines) continue;
    if (style_ == Style::kPlain && stream->ended) continue;
    const std::string line = Line(*stream);
    text += style_ == Style::kLive ? "\033[K" + Fit(line, width == 0 ? 80 : width) : line;
    text += "\n";
    ++drawn_;
  }
  Tell(text);
}

std::string RunView::Line(const StreamProgress& stream) const {
  const int64_t elapsed = SteadyMillis() - begin_;
  const uint64_t done = stream.done;
  const uint64_t total = stream.total;
  std::string line = "  " + stream.name + "  " + WithThousands(stream.records) + " records  " +
                     Rate(stream.records, elapsed) + "  " + HumanBytes(stream.bytes) + "  " +
                     Duration(elapsed * 1000);
  if (stream.rejected > 0) line += "  " + WithThousands(stream.rejected) + " dead letters";
  if (stream.ended) return line + "  done";
  if (total > 0 && done > 0 && done <= total) {
    const auto left =
        static_cast<int64_t>(static_cast<double>(elapsed) * static_cast<double>(total - done) /
                             static_cast<double>(done));
    line += "  " + std::to_string(done * 100 / total) + " %, " + Duration(left * 1000) + " left";
  }
  return line;
}

std::string RunSummary(const RunOutcome& outcome, bool colour, size_t width) {
  TextTable table({"STREAM", "STATUS", ">READ", ">WRITTEN", ">DEAD", ">STORED", ">TIME", ">RATE"});
  for (const StreamFigures& figures : outcome.streams) {
    table.Add({figures.stream, figures.status, WithThousands(figures.records_read),
               WithThousands(figures.records_written), WithThousands(figures.records_rejected),
               HumanBytes(figures.bytes_written), Duration(figures.wall_micros),
               Rate(figures.records_written, figures.wall_micros / 1000)},
              StatusColour(figures));
  }
  std::string text = outcome.streams.empty() ? "" : table.Render(colour, width);
  const ConnectorRun& run = outcome.run;
  text += "run " + run.id + " " + RunStatusName(run.status) + " in " +
          Duration(run.finished_at - run.started_at) + "\n" + RunCauses(outcome, colour);
  const uint64_t dead = MetricOf(run.metrics, "records_rejected");
  if (dead > 0) {
    text += WithThousands(dead) + " records could not be written; 'connhost dead-letters list " +
            run.tenant + "/" + run.connection + "' shows them\n";
  }
  return text;
}

std::string RunCauses(const RunOutcome& outcome, bool colour) {
  std::string text;
  for (const StreamFigures& figures : outcome.streams) {
    if (figures.cause.empty() || figures.status == "succeeded") continue;
    text += Paint(figures.stream + ": " + figures.cause, Colour::kRed, colour) + "\n";
  }
  if (text.empty() && !outcome.run.cause.empty()) {
    text = Paint(outcome.run.cause, Colour::kRed, colour) + "\n";
  }
  return text;
}

}  // namespace connhost
