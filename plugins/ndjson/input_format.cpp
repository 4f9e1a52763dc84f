#include "plugins/ndjson/input_format.h"

#include <string_view>

#include "plugins/ndjson/byte_input.h"

namespace connhost::ndjson {

namespace {

Format DetectFormat(ByteInput& input) {
  char head[4096];
  std::string_view text(head, input.Read(head, sizeof head));
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const size_t first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && text[first] == '[' ? Format::kArray : Format::kLines;
}

}  // namespace

InputFormat InputFormat::Of(const SourceFile& file, const Settings& settings) {
  InputFormat found{settings.compression, settings.format};
  if (found.compression == Compression::kAuto) found.compression = DetectCompression(file);
  if (found.format == Format::kAuto) {
    found.format = DetectFormat(*OpenInput(file, found.compression, 0));
  }
  return found;
}

}  // namespace connhost::ndjson
