// Keeps what a splitter finds.
#pragma once

#include <string>
#include <vector>

#include "plugins/ndjson/record_sink.h"

namespace connhost::ndjson {

class RecordingSink : public RecordSink {
 public:
  void Record(std::string_view text, uint64_t end) override {
    records.emplace_back(text);
    ends.push_back(end);
  }
  void Blank(uint64_t end) override {
    ++blanks;
    ends.push_back(end);
  }
  void TooLarge(std::string_view head, uint64_t end) override {
    heads.emplace_back(head);
    ends.push_back(end);
  }

  std::vector<std::string> records, heads;
  std::vector<uint64_t> ends;
  size_t blanks = 0;
};

// Feeds `text` in pieces of `size` bytes, each in memory of its own, so that a read beyond it
// shows.
template <class Splitter>
void FeedPieces(Splitter& splitter, const std::string& text, size_t size, RecordSink& sink) {
  for (size_t at = 0; at < text.size(); at += size) {
    const std::vector<char> piece(
        text.begin() + static_cast<std::ptrdiff_t>(at),
        text.begin() + static_cast<std::ptrdiff_t>(std::min(at + size, text.size())));
    splitter.Feed({piece.data(), piece.size()}, sink);
  }
}

}  // namespace connhost::ndjson
