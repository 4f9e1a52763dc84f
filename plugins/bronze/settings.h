// The configuration of a bronze destination; its keys are in manifest.yaml.
#pragma once

#include <string>

#include <connhost/json.hpp>

namespace connhost::bronze {

enum class Compression { kNone, kZstd };

struct Settings {
  std::string path;
  Compression compression = Compression::kNone;

  std::string extension() const {
    return compression == Compression::kZstd ? ".ndjson.zst" : ".ndjson";
  }

  // ConfigFailure when the path is missing or a value is none of the allowed ones.
  static Settings From(const sdk::Json& config) {
    Settings settings;
    settings.path = config.GetString("path");
    if (settings.path.empty()) {
      throw sdk::ConfigFailure("'path' must name the folder the files go to, but is missing");
    }
    const std::string compression = config.GetString("compression", "none");
    if (compression == "zstd") {
      settings.compression = Compression::kZstd;
    } else if (compression != "none") {
      throw sdk::ConfigFailure("'compression' must be none or zstd, but is '" + compression + "'");
    }
    while (settings.path.size() > 1 && settings.path.back() == '/') settings.path.pop_back();
    return settings;
  }
};

}  // namespace connhost::bronze
