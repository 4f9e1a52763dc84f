// The manifest of one run in a stream folder: gathered in `.manifest-RUN.part`, a line a segment,
// and written as `manifest-RUN.json`. Formats: docs/formats/bronze.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <connhost/destination.hpp>

#include "file_system.h"
#include "marker.h"

namespace connhost::bronze {

// Memory does not grow with the number of segments.
class RunManifest {
 public:
  RunManifest(FileSystem& files, std::string folder, const std::string& run_id);

  // Adds a line for `segment` at the offset `at` of the part, dropping what stood from there on; at
  // offset 0 a first line that says whose run it is comes before. Durable. Answers the new length.
  uint64_t Append(uint64_t at, const sdk::StreamTarget& target,
                  const std::optional<Segment>& segment);

  bool HasPart() const;
  // ConfigFailure when the part is shorter than the marker says. Longer is fine: what stands behind
  // was never committed, and the next Append drops it.
  void CheckPart(uint64_t bytes) const;
  // Writes `manifest-RUN.json` from the first `marker.part_bytes` of the part, with its sums.
  void Publish(const Marker& marker, bool complete);
  void RemovePart();

  // Is `name` the part of some run?
  static bool IsPartName(const std::string& name);
  std::string PartName() const;

 private:
  FileSystem& files_;
  std::string folder_;
  std::string safe_run_;
};

}  // namespace connhost::bronze
