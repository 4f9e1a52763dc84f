#include "plugins/ndjson/element_splitter.h"

#include <algorithm>
#include <connhost/json.hpp>

namespace connhost::ndjson {

namespace {

bool IsSpace(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool StartsValue(char c) {
  return std::string_view("{[\"-0123456789tfn").find(c) != std::string_view::npos;
}

// Control characters inside strings stay: they make the element invalid, for the host to see.
void ReplaceControls(std::string& text) {
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char& c = text[i];
    if (c == '"') {
      in_string = !in_string;
    } else if (in_string) {
      i += c == '\\' ? 1 : 0;
    } else if (IsSpace(c)) {
      c = ' ';
    }
  }
}

}  // namespace

void ElementSplitter::Feed(std::string_view chunk, RecordSink& sink) {
  const char* p = chunk.data();
  const char* end = p + chunk.size();
  while (p < end) {
    const char* next = SkipMark(*p) ? p + 1 : Step(p, end, sink);
    offset_ += static_cast<uint64_t>(next - p);
    p = next;
  }
}

// Whether the byte belongs to a byte order mark at the start.
bool ElementSplitter::SkipMark(char c) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (mark_bytes_ < offset_ || mark_bytes_ == kMark.size()) return false;
  if (c == kMark[mark_bytes_]) return ++mark_bytes_, true;
  if (mark_bytes_ > 0) Unexpected(c, "the rest of a byte order mark");
  return false;
}

// Takes what belongs to the present expectation; returns behind it.
const char* ElementSplitter::Step(const char* p, const char* end, RecordSink& sink) {
  std::string_view last;
  const char* stop = nullptr;
  switch (expect_) {
    case Expect::kInElement:
      stop = ScanHeld(p, end, &last);
      if (stop == nullptr) return end;
      expect_ = Expect::kNextElement;
      EndElement(last, offset_ + last.size(), sink);
      return stop;
    case Expect::kInKey:
      stop = ScanHeld(p, end, &last);
      if (stop == nullptr) return end;
      Hold(last);
      TakeKey();
      return stop;
    case Expect::kInOther:
    case Expect::kRest:
      stop = scanner_.Scan(p, end);
      if (stop == nullptr) return end;
      expect_ = expect_ == Expect::kRest ? Expect::kEnd : Expect::kNext;
      return stop;
    default:
      break;
  }
  const char c = *p;
  if (IsSpace(c)) return p + 1;
  switch (expect_) {
    case Expect::kContainer:
      Enter(c);
      return p + 1;
    case Expect::kFirstKey:
    case Expect::kKey:
      if (c == '}' && expect_ == Expect::kFirstKey) NoArray();
      if (c != '"') Unexpected(c, "a member name");
      StartValue(c, Expect::kInKey);
      return p;
    case Expect::kColon:
      if (c != ':') Unexpected(c, "':'");
      expect_ = held_ == pointer_[level_] ? (++level_, Expect::kContainer) : Expect::kOther;
      return p + 1;
    case Expect::kFirstItem:
    case Expect::kItem:
      if (c == ']' && expect_ == Expect::kFirstItem) NoArray();
      expect_ = std::to_string(item_) == pointer_[level_] ? (++level_, Expect::kContainer)
                                                          : Expect::kOther;
      return p;
    case Expect::kOther:
      StartValue(c, Expect::kInOther);
      return p;
    case Expect::kNext:
      if (c == (in_object_ ? '}' : ']')) NoArray();
      if (c != ',') Unexpected(c, in_object_ ? "',' or '}'" : "',' or ']'");
      ++item_;
      expect_ = in_object_ ? Expect::kKey : Expect::kItem;
      return p + 1;
    case Expect::kFirstElement:
    case Expect::kElement:
      if (c == ']' && expect_ == Expect::kFirstElement) return CloseArray(), p + 1;
      StartValue(c, Expect::kInElement);
      return p;
    case Expect::kNextElement:
      if (c == ']') return CloseArray(), p + 1;
      if (c != ',') Unexpected(c, "',' or ']'");
      expect_ = Expect::kElement;
      return p + 1;
    default:
      Unexpected(c, "the end of the file (for one JSON value a line set 'format: lines')");
  }
}

void ElementSplitter::Enter(char c) {
  if (level_ == pointer_.size()) {
    if (c != '[') Unexpected(c, "a list, '['");
    expect_ = Expect::kFirstElement;
    return;
  }
  if (c != '{' && c != '[') Unexpected(c, "an object or a list");
  in_object_ = c == '{';
  item_ = 0;
  expect_ = in_object_ ? Expect::kFirstKey : Expect::kFirstItem;
}

// Leaves the key's text in held_.
void ElementSplitter::TakeKey() {
  if (too_large_ || !sdk::IsJson(held_)) {
    held_.clear();  // too long or invalid: on no way
  } else {
    held_ = sdk::json_detail::Unescape(std::string_view(held_).substr(1, held_.size() - 2));
  }
  expect_ = Expect::kColon;
}

void ElementSplitter::CloseArray() {
  expect_ = level_ == 0 ? Expect::kEnd : Expect::kRest;
  if (level_ > 0) scanner_.StartInside(static_cast<unsigned>(level_));
}

void ElementSplitter::StartValue(char c, Expect inside) {
  if (!StartsValue(c)) Unexpected(c, "a value");
  scanner_.Start(c);
  held_.clear();
  too_large_ = false;
  expect_ = inside;
}

// Holds what does not end in this chunk; `last` is what ends in it.
const char* ElementSplitter::ScanHeld(const char* p, const char* end, std::string_view* last) {
  const char* stop = scanner_.Scan(p, end);
  const std::string_view part(p, static_cast<size_t>((stop == nullptr ? end : stop) - p));
  if (stop == nullptr) {
    Hold(part);
  } else {
    *last = part;
  }
  return stop;
}

void ElementSplitter::Hold(std::string_view part) {
  if (too_large_) return;
  if (held_.size() + part.size() <= max_record_) {
    held_ += part;
    return;
  }
  too_large_ = true;
  held_.append(part.substr(0, kHeadBytes));
  held_.resize(std::min(max_record_, kHeadBytes));
  held_.shrink_to_fit();
}

void ElementSplitter::EndElement(std::string_view last, uint64_t end, RecordSink& sink) {
  ++elements_;
  if (held_.empty() && !scanner_.has_controls() && last.size() <= max_record_) {
    return sink.Record(last, end);
  }
  Hold(last);
  if (too_large_) return sink.TooLarge(held_, end);
  if (scanner_.has_controls()) ReplaceControls(held_);
  sink.Record(held_, end);
}

void ElementSplitter::Finish() const {
  if (expect_ == Expect::kEnd) return;
  throw sdk::TransientFailure(
      "'" + name_ + "' ends at byte " + std::to_string(offset_) + Place() +
      ", before its document is complete: it is still being written, was cut, or is no JSON");
}

std::string ElementSplitter::Place() const {
  if (elements_ > 0) return " behind element " + std::to_string(elements_);
  std::string place;
  for (size_t i = 0; i < level_; ++i) place += "/" + pointer_[i];
  return place.empty() ? "" : " at '" + place + "'";
}

void ElementSplitter::Unexpected(char found, const std::string& expected) const {
  static constexpr char kHex[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(found);
  const bool plain = byte > 0x20 && byte < 0x7F;
  const std::string shown = plain ? std::string("'") + found + "'"
                                  : std::string("byte 0x") + kHex[byte >> 4] + kHex[byte & 15];
  throw sdk::ConfigFailure("'" + name_ + "' must have " + expected + " at byte " +
                           std::to_string(offset_) + Place() + ", but has " + shown);
}

void ElementSplitter::NoArray() const {
  throw sdk::ConfigFailure("'" + name_ + "' must hold a list where 'pointer' leads, but " +
                           (in_object_ ? "the object" : "the list") + Place() + " ends at byte " +
                           std::to_string(offset_) + " without '" + pointer_[level_] +
                           "'; correct 'pointer'");
}

}  // namespace connhost::ndjson
