#include "host/run/run_log.h"

#include <fcntl.h>

#include <array>

#include "base/error.h"
#include "base/json.h"
#include "base/time.h"

namespace connhost {

RunLog::RunLog(const std::filesystem::path& folder, const std::string& run_id, int echo)
    : folder_(folder), run_id_(run_id), echo_(echo) {}

RunLog::~RunLog() {
  if (dropped_ == 0) return;
  bytes_ = 0;
  const uint64_t dropped = dropped_;
  Write(2, "", "host", std::to_string(dropped) + " lines are missing: the log reached its limit");
}

void RunLog::Write(int level, const std::string& stream, const std::string& origin,
                   const std::string& text) {
  const std::string line = "{\"time\":\"" + FormatTime(NowMicros()) + "\",\"level\":\"" +
                           LogLevelName(level) + "\",\"stream\":" + QuoteJson(stream) +
                           ",\"origin\":" + QuoteJson(origin) + ",\"text\":" + QuoteJson(text) +
                           "}\n";
  const std::lock_guard lock(mutex_);
  if (bytes_ + line.size() > kMostBytes) {
    ++dropped_;
    return;
  }
  bytes_ += line.size();
  try {
    if (!file_.valid()) {
      MakeDirectories(folder_);
      file_ = OpenFile(PathOf(folder_, run_id_), O_WRONLY | O_CREAT | O_APPEND, 0600);
    }
    WriteAll(file_.get(), line, "log");
    if (level >= echo_) {
      const std::string where = stream.empty() ? origin : stream + " " + origin;
      WriteAll(2, std::string(LogLevelName(level)) + " " + where + ": " + text + "\n", "stderr");
    }
  } catch (const Error&) {
    ++dropped_;
  }
}

std::filesystem::path RunLog::PathOf(const std::filesystem::path& folder,
                                     const std::string& run_id) {
  return folder / (run_id + ".ndjson");
}

const char* LogLevelName(int level) {
  static constexpr std::array<const char*, 4> kNames = {"debug", "info", "warn", "error"};
  return kNames[level < 0 ? 0 : level > 3 ? 3 : static_cast<size_t>(level)];
}

}  // namespace connhost
