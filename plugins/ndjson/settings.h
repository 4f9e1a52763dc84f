// The configuration of the ndjson source, checked.
#pragma once

#include <connhost/json.hpp>
#include <string>
#include <vector>

namespace connhost::ndjson {

enum class Format { kAuto, kLines, kArray };
enum class Compression { kAuto, kNone, kGzip, kZstd };

struct Settings {
  std::string path;    // a file, a folder, or a pattern with * ? [ ] **
  std::string stream;  // the one stream all files feed; "": one stream per file stem
  Format format = Format::kAuto;
  std::vector<std::string> pointer;  // where the array is in its document; empty: the document
  Compression compression = Compression::kAuto;
  size_t max_record = 0;  // bytes; a longer record is rejected

  // Throws ConfigFailure with a sentence that names the field.
  static Settings From(const sdk::Json& config);
};

// "/items/0/a~1b" as its reference tokens (RFC 6901): items, 0, a/b.
std::vector<std::string> ParsePointer(const std::string& text);

}  // namespace connhost::ndjson
