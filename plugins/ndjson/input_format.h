// How a file is packed and laid out, as configured or found in its first bytes.
#pragma once

#include "plugins/ndjson/settings.h"
#include "plugins/ndjson/source_file.h"

namespace connhost::ndjson {

struct InputFormat {
  Compression compression;  // not kAuto
  Format format;            // not kAuto

  // Such a file can be continued at a byte offset.
  bool seekable() const { return compression == Compression::kNone && format == Format::kLines; }

  // An array when the first byte that is no white space is '[', else lines.
  static InputFormat Of(const SourceFile& file, const Settings& settings);
};

}  // namespace connhost::ndjson
