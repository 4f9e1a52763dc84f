#include "plugins/ndjson/settings.h"

#include <array>

namespace connhost::ndjson {

namespace {

constexpr int64_t kDefaultMaxRecord = int64_t{16} << 20;
constexpr int64_t kLargestMaxRecord = int64_t{1} << 30;

template <size_t N>
size_t Choice(const sdk::Json& config, const char* field, const std::array<const char*, N>& names) {
  const std::string text = config.GetString(field, names[0]);
  std::string known;
  for (size_t i = 0; i < N; ++i) {
    if (text == names[i]) return i;
    known += (i == 0 ? "" : ", ") + std::string(names[i]);
  }
  throw sdk::ConfigFailure("'" + std::string(field) + "' must be one of " + known + ", but is '" +
                           text + "'");
}

std::string Token(const std::string& pointer, size_t from, size_t to) {
  std::string token;
  for (size_t i = from; i < to; ++i) {
    if (pointer[i] != '~') {
      token += pointer[i];
      continue;
    }
    const char code = i + 1 < to ? pointer[i + 1] : ' ';
    if (code != '0' && code != '1') {
      throw sdk::ConfigFailure("'pointer' holds '~' at character " + std::to_string(i + 1) +
                               ", which must be followed by 0 (for ~) or 1 (for /): '" + pointer +
                               "'");
    }
    token += code == '0' ? '~' : '/';
    ++i;
  }
  return token;
}

}  // namespace

std::vector<std::string> ParsePointer(const std::string& text) {
  std::vector<std::string> tokens;
  if (text.empty()) return tokens;
  if (text[0] != '/') {
    throw sdk::ConfigFailure("'pointer' must begin with '/', as in \"/items\", but is '" + text +
                             "'");
  }
  for (size_t from = 1; from <= text.size();) {
    const size_t to = std::min(text.find('/', from), text.size());
    tokens.push_back(Token(text, from, to));
    from = to + 1;
  }
  return tokens;
}

Settings Settings::From(const sdk::Json& config) {
  Settings settings;
  settings.path = config.GetString("path");
  if (settings.path.empty()) {
    throw sdk::ConfigFailure("'path' must name a file, a folder or a pattern, but is empty");
  }
  settings.stream = config.GetString("stream");
  settings.format = static_cast<Format>(
      Choice(config, "format", std::array<const char*, 3>{"auto", "lines", "array"}));
  settings.compression = static_cast<Compression>(
      Choice(config, "compression", std::array<const char*, 4>{"auto", "none", "gzip", "zstd"}));
  settings.pointer = ParsePointer(config.GetString("pointer"));
  if (!settings.pointer.empty()) {
    if (settings.format == Format::kLines) {
      throw sdk::ConfigFailure(
          "'pointer' names an array inside one document, but 'format' is 'lines': remove one");
    }
    settings.format = Format::kArray;
  }
  const int64_t most = config.GetInt("max_record_bytes", kDefaultMaxRecord);
  if (most < 1 || most > kLargestMaxRecord) {
    throw sdk::ConfigFailure("'max_record_bytes' must be from 1 to 1073741824, but is " +
                             std::to_string(most));
  }
  settings.max_record = static_cast<size_t>(most);
  return settings;
}

}  // namespace connhost::ndjson
