// Where a splitter puts the records it finds.
#pragma once

#include <cstdint>
#include <string_view>

namespace connhost::ndjson {

// Texts live for the call. `end` is the offset behind the record, its line end included, from the
// start of the unpacked input. Each call stands for one position: line or element.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void Record(std::string_view text, uint64_t end) = 0;
  // A line of white space.
  virtual void Blank(uint64_t end) = 0;
  // A record longer than allowed; `head` is its beginning.
  virtual void TooLarge(std::string_view head, uint64_t end) = 0;
};

// Kept of a record that is too large, but not more than a record may have.
inline constexpr size_t kHeadBytes = 1024;

}  // namespace connhost::ndjson
