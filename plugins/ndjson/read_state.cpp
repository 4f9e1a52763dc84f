#include "plugins/ndjson/read_state.h"

#include <connhost/failure.hpp>

namespace connhost::ndjson {

namespace {

constexpr size_t kMostStateBytes = size_t{1} << 20;

sdk::Json ToJsonOf(const std::string& name, const FileState& file) {
  sdk::Json json = sdk::Json::Object();
  json.Set("name", sdk::Json::String(name));
  json.Set("size", sdk::Json::Number(static_cast<int64_t>(file.size)));
  json.Set("offset", sdk::Json::Number(static_cast<int64_t>(file.offset)));
  json.Set("line", sdk::Json::Number(static_cast<int64_t>(file.line)));
  json.Set("mark", sdk::Json::String(file.mark));
  if (file.open) json.Set("open", sdk::Json::Bool(true));
  if (file.done) json.Set("done", sdk::Json::Bool(true));
  return json;
}

FileState FromJson(const sdk::Json& json) {
  FileState file;
  file.size = static_cast<uint64_t>(json.GetInt("size", 0));
  file.offset = static_cast<uint64_t>(json.GetInt("offset", 0));
  file.line = static_cast<uint64_t>(json.GetInt("line", 0));
  file.mark = json.GetString("mark");
  file.open = json.GetBool("open", false);
  file.done = json.GetBool("done", false);
  return file;
}

}  // namespace

ReadState::ReadState(const sdk::Json& document, bool keep_files) : keep_files_(keep_files) {
  try {
    Load(document);
  } catch (const sdk::ConfigFailure& failure) {
    throw sdk::StaleCursorFailure(std::string("the stored state is not one of ndjson: ") +
                                  failure.what());
  }
}

void ReadState::Load(const sdk::Json& document) {
  if (!document.is_null() && document.Find("files") == nullptr &&
      document.Find("cursor") == nullptr) {
    throw sdk::StaleCursorFailure(
        "the stored state is not one of ndjson: expected 'files' or 'cursor', found neither; clear "
        "the state to read in full");
  }
  if (!keep_files_) after_ = document.GetString("after");
  if (const sdk::Json* files = document.Find("files")) {
    for (const sdk::Json& file : files->items()) files_[file.GetString("name")] = FromJson(file);
  }
  if (const sdk::Json* cursor = document.Find("cursor")) cursor_ = *cursor;
}

const FileState* ReadState::Find(const std::string& name) const {
  const auto found = files_.find(name);
  return found == files_.end() ? nullptr : &found->second;
}

void ReadState::EndFile(const std::string& name) {
  if (keep_files_) return;
  files_.erase(name);
  after_ = name;
}

sdk::Json ReadState::ToJson(const sdk::Json& cursor, bool ended) const {
  sdk::Json json = sdk::Json::Object();
  const bool by_cursor = !cursor.is_null();
  if (!(by_cursor && ended)) {
    sdk::Json files = sdk::Json::Array();
    size_t estimate = 0;
    for (const auto& [name, file] : files_) {
      files.Append(ToJsonOf(name, file));
      estimate += name.size() + 64;
    }
    if (estimate > kMostStateBytes) {
      throw sdk::ConfigFailure(
          "the state of " + std::to_string(files_.size()) +
          " files is larger than 1 MiB: narrow 'path', spread the files over several connections, "
          "name a cursor, or read with sync: full");
    }
    json.Set("files", std::move(files));
    if (!after_.empty()) json.Set("after", sdk::Json::String(after_));
  }
  if (by_cursor) json.Set("cursor", cursor);
  return json;
}

}  // namespace connhost::ndjson
