#include "plugins/csv/read_state.h"

#include <charconv>
#include <connhost/failure.hpp>

namespace connhost::csv {
namespace {

[[noreturn]] void ThrowForeign() {
  throw sdk::StaleCursorFailure(
      "the stored state is not in the format csv/1 that this connector writes; clear the state to "
      "read in full");
}

template <class Number>
Number NumberIn(const sdk::Json& json, sdk::Json::Kind kind, int base) {
  Number number{};
  const std::string& text = json.text();
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (json.kind() != kind || fault != std::errc() || stop != text.data() + text.size()) {
    ThrowForeign();
  }
  return number;
}

FileMark ParseMark(const sdk::Json& json) {
  const std::vector<sdk::Json>& items = json.items();
  if (items.size() != 7 || items[0].kind() != sdk::Json::Kind::kString) ThrowForeign();
  const auto number = [&](size_t i) {
    return NumberIn<uint64_t>(items[i], sdk::Json::Kind::kNumber, 10);
  };
  FileMark mark;
  mark.name = items[0].text();
  mark.facts.size = number(1);
  mark.facts.modified_ns = NumberIn<int64_t>(items[2], sdk::Json::Kind::kNumber, 10);
  mark.fingerprint = NumberIn<uint64_t>(items[3], sdk::Json::Kind::kString, 16);
  mark.offset = number(4);
  mark.records = number(5);
  mark.line = number(6);
  return mark;
}

void AppendMark(std::string& out, const FileMark& mark) {
  char hex[17];
  std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(mark.fingerprint));
  out += '[';
  sdk::AppendJsonString(out, mark.name);
  out += ',' + std::to_string(mark.facts.size) + ',' + std::to_string(mark.facts.modified_ns) +
         ",\"" + hex + "\"," + std::to_string(mark.offset) + ',' + std::to_string(mark.records) +
         ',' + std::to_string(mark.line) + ']';
}

}  // namespace

ReadState ReadState::Parse(const sdk::Json& json) {
  ReadState state;
  if (json.is_null()) return state;
  const sdk::Json* files = json.Find("files");
  if (files == nullptr) ThrowForeign();
  for (const sdk::Json& item : files->items()) {
    FileMark mark = ParseMark(item);
    state.files_.emplace(mark.name, mark);
  }
  if (const sdk::Json* current = json.Find("current")) state.current_ = ParseMark(*current);
  if (const sdk::Json* cursor = json.Find("cursor")) state.cursor_ = *cursor;
  return state;
}

const FileMark* ReadState::Finished(const std::string& name) const {
  const auto at = files_.find(name);
  return at == files_.end() ? nullptr : &at->second;
}

void ReadState::Finish(FileMark mark) {
  current_.reset();
  files_.insert_or_assign(mark.name, mark);
}

std::string ReadState::Write() const {
  std::string out = "{\"files\":[";
  const char* separator = "";
  for (const auto& [name, mark] : files_) {
    out += separator;
    AppendMark(out, mark);
    separator = ",";
  }
  out += ']';
  if (files_.size() > kMostFiles || out.size() > kMostBytes) {
    throw sdk::ConfigFailure(
        "the stream has " + std::to_string(files_.size()) +
        " files, more than its state can remember (" + std::to_string(kMostFiles) +
        " with short names); move files that have been read to another folder");
  }
  if (current_) {
    out += ",\"current\":";
    AppendMark(out, *current_);
  }
  if (!cursor_.is_null()) out += ",\"cursor\":" + cursor_.Write();
  return out + '}';
}

}  // namespace connhost::csv
