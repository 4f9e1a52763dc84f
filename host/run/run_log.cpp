#include "host/run/run_log.h"

#include <fcntl.h>
#include <unistd.h>

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
  const std::string reason = failure_.empty() ? "the log reached its limit" : failure_;
  Write(2, "", "host", std::to_string(dropped_) + " lines are missing: " + reason);
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
  Echo(level, stream.empty() ? origin : stream + " " + origin, text);
  try {
    Append(line);
  } catch (const Error& error) {
    ++dropped_;
    if (!failure_.empty()) return;
    failure_ = error.what();
    Echo(3, "host", "the log of this run is not whole, the run goes on: " + failure_);
  }
}

void RunLog::Echo(int level, const std::string& where, const std::string& text) const {
  if (level < echo_) return;
  try {
    WriteAll(2, std::string(LogLevelName(level)) + " " + where + ": " + text + "\n", "stderr");
  } catch (const Error&) {
    return;  // nobody reads stderr
  }
}

void RunLog::Append(const std::string& line) {
  const std::filesystem::path path = PathOf(folder_, run_id_);
  if (!file_.valid()) {
    MakeDirectories(folder_);
    file_ = OpenFile(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  }
  const off_t end = ::lseek(file_.get(), 0, SEEK_END);
  try {
    WriteAll(file_.get(), line, path.string());
  } catch (const Error&) {
    // The next line must not follow half a one.
    [[maybe_unused]] const int ignored = ::ftruncate(file_.get(), end);
    throw;
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
