// Both splitters on any bytes, in pieces whose size the first byte gives: the result must not
// depend on the pieces, and a document taken as whole must be one.
#include <connhost/json.hpp>
#include <cstdlib>

#include "plugins/ndjson/element_splitter.h"
#include "plugins/ndjson/line_splitter.h"
#include "tests/plugins/ndjson/recording_sink.h"

namespace {

using connhost::ndjson::ElementSplitter;
using connhost::ndjson::FeedPieces;
using connhost::ndjson::LineSplitter;
using connhost::ndjson::RecordingSink;

constexpr size_t kMostRecord = 64;

RecordingSink Lines(const std::string& text, size_t piece) {
  RecordingSink sink;
  LineSplitter splitter(kMostRecord, 0, false);
  FeedPieces(splitter, text, piece, sink);
  splitter.Finish(true, sink);
  return sink;
}

RecordingSink Elements(const std::string& text, size_t piece, bool pointer, std::string& failure) {
  RecordingSink sink;
  ElementSplitter splitter(
      "x", pointer ? std::vector<std::string>{"a", "0"} : std::vector<std::string>{}, kMostRecord);
  try {
    FeedPieces(splitter, text, piece, sink);
    splitter.Finish();
  } catch (const connhost::sdk::Failure& caught) {
    failure = caught.what();
  }
  return sink;
}

void Require(bool truth) {
  if (!truth) std::abort();
}

bool Same(const RecordingSink& a, const RecordingSink& b) {
  return a.records == b.records && a.heads == b.heads && a.ends == b.ends && a.blanks == b.blanks;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const size_t piece = 1 + data[0] % 17;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  Require(Same(Lines(text, piece), Lines(text, size)));
  for (const bool pointer : {false, true}) {
    std::string failure, again;
    const RecordingSink found = Elements(text, piece, pointer, failure);
    Require(Same(found, Elements(text, size, pointer, again)) && failure == again);
    bool whole = failure.empty() && found.heads.empty() && !pointer;
    for (const std::string& record : found.records) whole = whole && connhost::sdk::IsJson(record);
    const bool marked = text.starts_with("\xEF\xBB\xBF");
    if (whole) Require(connhost::sdk::IsJson(std::string_view(text).substr(marked ? 3 : 0)));
  }
  return 0;
}
