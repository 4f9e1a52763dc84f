// The marker `.commit.json`: what is committed in a stream folder. Its format and how it is written
// are in docs/formats/bronze.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "file_system.h"

namespace connhost::bronze {

// A segment as a manifest names it.
struct Segment {
  std::string file;  // "000000000007.ndjson"
  uint64_t records = 0;
  uint64_t bytes = 0;  // as stored
  std::string xxh128;  // of the bytes as stored

  // {"file":...,"records":...,"bytes":...,"xxh128":...}
  std::string ToJson() const;
};

struct Marker {
  uint64_t generation = 0;
  uint64_t sequence = 0;
  uint64_t repeat = 0;
  bool last = false;
  std::string run_id;
  std::optional<Segment> segment;
  uint64_t run_records = 0;
  uint64_t run_bytes = 0;
  uint64_t part_bytes = 0;
  std::string state;  // a JSON document, or "" (stored as null)

  // One JSON document; UnsupportedFailure when the state is none.
  std::string ToJson() const;
  // ConfigFailure when `text`, read from `path`, is no marker of this format.
  static Marker Parse(std::string_view text, const std::string& path);
};

// The marker of a folder; nothing when the folder or its marker does not exist.
std::optional<Marker> ReadMarker(const FileSystem& files, const std::string& folder);

// Durable when it returns: this is the commit point.
void WriteMarker(FileSystem& files, const std::string& folder, const Marker& marker);

// Durable when it returns: nothing in the folder counts as committed any more.
void RemoveMarker(FileSystem& files, const std::string& folder);

}  // namespace connhost::bronze
