#include "plugins/ndjson/line_splitter.h"

#include <algorithm>
#include <connhost/json_scanner.hpp>
#include <cstring>
#include <utility>

namespace connhost::ndjson {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == line.npos;
}

}  // namespace

void LineSplitter::Feed(std::string_view chunk, RecordSink& sink) {
  const char* p = chunk.data();
  const char* end = p + chunk.size();
  const uint64_t base = offset_;
  while (p < end) {
    const auto* stop = static_cast<const char*>(std::memchr(p, '\n', static_cast<size_t>(end - p)));
    if (stop == nullptr) {
      Hold({p, static_cast<size_t>(end - p)});
      break;
    }
    const uint64_t after = base + static_cast<uint64_t>(stop + 1 - chunk.data());
    EndLine({p, static_cast<size_t>(stop - p)}, after, sink);
    p = stop + 1;
  }
  offset_ = base + chunk.size();
}

void LineSplitter::Hold(std::string_view part) {
  if (too_large_) return;
  const size_t room = max_record_ + kByteOrderMark.size() + 1 - held_.size();
  if (part.size() <= room) {
    held_ += part;
    return;
  }
  too_large_ = true;
  held_.append(part.substr(0, kHeadBytes));
  held_.resize(std::min(max_record_, kHeadBytes));
  held_.shrink_to_fit();
}

void LineSplitter::EndLine(std::string_view rest, uint64_t end, RecordSink& sink) {
  if (held_.empty()) return Pass(rest, end, sink);
  Hold(rest);
  const std::string line = std::move(held_);
  held_.clear();
  Pass(line, end, sink);
}

void LineSplitter::Pass(std::string_view line, uint64_t end, RecordSink& sink) {
  const bool open = std::exchange(open_line_, false), first = std::exchange(first_, false);
  const std::string_view head = line.substr(0, std::min(max_record_, kHeadBytes));
  if (std::exchange(too_large_, false)) return sink.TooLarge(head, end);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (first && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  if (line.size() > max_record_) return sink.TooLarge(head, end);
  if (!line.empty() && line[0] == '{') return sink.Record(line, end);
  if (!IsBlank(line)) return sink.Record(line, end);
  if (!open) sink.Blank(end);
}

bool LineSplitter::Finish(bool take_any, RecordSink& sink) {
  if (held_.empty()) return false;
  const std::string line = std::move(held_);
  held_.clear();
  // A number may still grow digits and a word is rare: only a closed bracket proves completeness.
  const bool closed = !too_large_ && (line.back() == '}' || line.back() == ']');
  if (!take_any && !(closed && sdk::IsJson(line))) return false;
  Pass(line, offset_, sink);
  return true;
}

}  // namespace connhost::ndjson
