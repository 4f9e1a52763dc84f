#include "marker.h"

#include <connhost/json.hpp>

namespace connhost::bronze {

namespace {

constexpr const char* kFile = ".commit.json";
constexpr int64_t kFormat = 1;
constexpr size_t kMost = size_t{8} << 20;  // a state has at most 1 MiB

using sdk::Json;

uint64_t Unsigned(const Json& object, std::string_view key) {
  const int64_t value = object.GetInt(key, -1);
  if (value < 0) throw sdk::ConfigFailure("'" + std::string(key) + "' is missing or negative");
  return static_cast<uint64_t>(value);
}

std::string Quoted(std::string_view text) {
  std::string quoted;
  sdk::AppendJsonString(quoted, text);
  return quoted;
}

Segment SegmentOf(const Json& object) {
  return {object.GetString("file"), Unsigned(object, "records"), Unsigned(object, "bytes"),
          object.GetString("xxh128")};
}

// The state's own text: parsing and writing it again might change its spelling.
std::string StateOf(std::string_view text) {
  std::string state;
  sdk::ForEachMember(text, [&](std::string_view key, std::string_view value) {
    if (key == "state") state = value;
  });
  return state == "null" ? "" : state;
}

Marker ParseChecked(std::string_view text) {
  const Json document = Json::Parse(text, "it");
  if (document.GetInt("format", 0) != kFormat) {
    throw sdk::ConfigFailure("'format' is not 1, the one this version of the connector knows");
  }
  Marker marker;
  marker.generation = Unsigned(document, "generation");
  marker.sequence = Unsigned(document, "sequence");
  marker.repeat = Unsigned(document, "repeat");
  marker.last = document.GetBool("last", false);
  marker.run_id = document.GetString("run_id");
  const Json* segment = document.Find("segment");
  if (segment != nullptr && !segment->is_null()) marker.segment = SegmentOf(*segment);
  const Json* run = document.Find("run");
  if (run == nullptr) throw sdk::ConfigFailure("'run' is missing");
  marker.run_records = Unsigned(*run, "records");
  marker.run_bytes = Unsigned(*run, "bytes");
  marker.part_bytes = Unsigned(*run, "part_bytes");
  marker.state = StateOf(text);
  return marker;
}

}  // namespace

std::string Segment::ToJson() const {
  return "{\"file\":" + Quoted(file) + ",\"records\":" + std::to_string(records) +
         ",\"bytes\":" + std::to_string(bytes) + ",\"xxh128\":" + Quoted(xxh128) + "}";
}

std::string Marker::ToJson() const {
  std::string text =
      "{\"format\":" + std::to_string(kFormat) + ",\"generation\":" + std::to_string(generation) +
      ",\"sequence\":" + std::to_string(sequence) + ",\"repeat\":" + std::to_string(repeat) +
      ",\"last\":" + (last ? "true" : "false") + ",\"run_id\":" + Quoted(run_id) +
      ",\"segment\":" + (segment ? segment->ToJson() : "null") +
      ",\"run\":{\"records\":" + std::to_string(run_records) +
      ",\"bytes\":" + std::to_string(run_bytes) + ",\"part_bytes\":" + std::to_string(part_bytes) +
      "},\"state\":" + (state.empty() ? "null" : state) + "}\n";
  if ((!state.empty() && !sdk::IsJson(state)) || !sdk::IsJson(text)) {
    throw sdk::UnsupportedFailure(
        "the state of a commit must be one JSON document, nested less than " +
        std::to_string(sdk::kMaxJsonDepth) + " deep, but is: " + state.substr(0, 200));
  }
  return text;
}

Marker Marker::Parse(std::string_view text, const std::string& path) {
  try {
    return ParseChecked(text);
  } catch (const sdk::ConfigFailure& failure) {
    throw sdk::ConfigFailure(path + " is no marker of a bronze stream: " + failure.what() +
                             ". Restore it, or move the stream's folder away to start anew");
  }
}

std::optional<Marker> ReadMarker(const FileSystem& files, const std::string& folder) {
  const std::string path = JoinPath(folder, kFile);
  std::string text;
  if (!files.Read(path, kMost, &text)) return std::nullopt;
  return Marker::Parse(text, path);
}

void WriteMarker(FileSystem& files, const std::string& folder, const Marker& marker) {
  files.ReplaceDurably(JoinPath(folder, kFile), marker.ToJson());
}

void RemoveMarker(FileSystem& files, const std::string& folder) {
  files.Remove(JoinPath(folder, kFile));
  files.SyncFolder(folder);
}

}  // namespace connhost::bronze
