// Cuts input into lines, whatever the boundaries of the chunks it comes in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "plugins/ndjson/record_sink.h"

namespace connhost::ndjson {

// A line ends at \n; a \r before it is dropped, and so is a byte order mark at offset 0. Holds at
// most one line, of at most `max_record` bytes. One thread.
class LineSplitter {
 public:
  // `offset`: where in the input the first chunk stands. `open_line`: the bytes up to the first \n
  // belong to a line that an earlier run took without its end; what is left of it is no new line
  // when blank.
  LineSplitter(size_t max_record, uint64_t offset, bool open_line)
      : max_record_(max_record), offset_(offset), first_(offset == 0), open_line_(open_line) {}

  void Feed(std::string_view chunk, RecordSink& sink);

  // The end of the input: a last line without \n is a record when `take_any`, or when it is a
  // complete JSON object or array. True when it was taken so, false when nothing was left or it was
  // left for a later run.
  bool Finish(bool take_any, RecordSink& sink);

 private:
  void EndLine(std::string_view rest, uint64_t end, RecordSink& sink);
  void Hold(std::string_view part);
  void Pass(std::string_view line, uint64_t end, RecordSink& sink);

  size_t max_record_;
  uint64_t offset_;
  bool first_;  // the next line is the input's first
  bool open_line_;
  bool too_large_ = false;
  std::string held_;  // the line so far; when too large, its head
};

}  // namespace connhost::ndjson
