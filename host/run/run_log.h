// The log of one run: what the guests said and what the host decided. One JSON object a line:
// {"time","level","stream","origin","text"}.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>

#include "base/files.h"

namespace connhost {

// Any thread. Never throws: a log that cannot be written (a full disk) must not end a run. That is
// said once on stderr, and the file keeps whole lines. At most kMostBytes are kept of a run; what
// comes after is counted.
class RunLog {
 public:
  static constexpr uint64_t kMostBytes = 16U << 20;

  // `echo`: lines of at least this level also go to stderr (CONNHOST_LOG_*; 9: none).
  RunLog(const std::filesystem::path& folder, const std::string& run_id, int echo);
  ~RunLog();
  RunLog(const RunLog&) = delete;
  RunLog& operator=(const RunLog&) = delete;

  // `origin`: "host", or "csv" for a guest's log call, "csv stderr" for its output.
  void Write(int level, const std::string& stream, const std::string& origin,
             const std::string& text);

  static std::filesystem::path PathOf(const std::filesystem::path& folder,
                                      const std::string& run_id);

 private:
  void Echo(int level, const std::string& where, const std::string& text) const;
  void Append(const std::string& line);

  std::filesystem::path folder_;
  std::string run_id_;
  int echo_;
  std::mutex mutex_;
  UniqueFd file_;  // opened at the first line: most runs say nothing
  uint64_t bytes_ = 0;
  uint64_t dropped_ = 0;
  std::string failure_;  // the first write that did not work
};

const char* LogLevelName(int level);  // "debug", "info", "warn", "error"

}  // namespace connhost
