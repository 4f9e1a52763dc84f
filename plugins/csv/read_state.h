// What a read remembers. The document, format csv/1:
//
//   {"files": [["orders.csv", SIZE, MTIME_NS, "FINGERPRINT", OFFSET, RECORDS, LINE], ...],
//    "current": [...the same...],
//    "cursor": {...}}
//
// `files` are read to the end they had at SIZE; `current` is read up to OFFSET. OFFSET counts bytes
// of text after decompression and conversion to UTF-8, RECORDS the records before it, LINE is the
// line it lies in. FINGERPRINT digests the first and last 4 KiB of the first SIZE bytes on disk.
#pragma once

#include <connhost/json.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "plugins/csv/byte_stream.h"

namespace connhost::csv {

struct FileMark {
  std::string name;
  FileFacts facts;
  uint64_t fingerprint = 0;
  uint64_t offset = 0, records = 0, line = 1;
};

class ReadState {
 public:
  static constexpr size_t kMostFiles = 10000;
  static constexpr size_t kMostBytes = 1000000;

  // Throws StaleCursorFailure when the document is not one this class wrote. Null: nothing read.
  static ReadState Parse(const sdk::Json& json);

  const FileMark* Finished(const std::string& name) const;
  const std::optional<FileMark>& current() const { return current_; }
  const sdk::Json& cursor() const { return cursor_; }
  const std::map<std::string, FileMark>& files() const { return files_; }

  void SetCurrent(FileMark mark) { current_ = std::move(mark); }
  void ForgetCurrent() { current_.reset(); }
  void Finish(FileMark mark);
  void Forget(const std::string& name) { files_.erase(name); }
  void SetCursor(sdk::Json cursor) { cursor_ = std::move(cursor); }

  // Throws ConfigFailure when there are more files than a state can name.
  std::string Write() const;

 private:
  std::map<std::string, FileMark> files_;
  std::optional<FileMark> current_;
  sdk::Json cursor_;
};

}  // namespace connhost::csv
