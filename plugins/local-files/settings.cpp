#include "plugins/local-files/settings.h"

#include <algorithm>

namespace connhost::local_files {

namespace {

std::vector<PathPattern> Patterns(const sdk::Json& config, const char* field) {
  std::vector<PathPattern> patterns;
  for (const std::string& text : config.GetStrings(field)) {
    if (text.find_first_not_of('/') == text.npos) {
      throw sdk::ConfigFailure("'" + std::string(field) + "' holds a pattern without a name: '" +
                               text + "'");
    }
    patterns.emplace_back(text);
  }
  return patterns;
}

Content ContentOf(const std::string& text) {
  if (text == "text") return Content::kText;
  if (text == "none") return Content::kNone;
  if (text == "base64") return Content::kBase64;
  throw sdk::ConfigFailure("'content' must be one of text, none, base64, but is '" + text + "'");
}

}  // namespace

Settings Settings::From(const sdk::Json& config) {
  constexpr int64_t kDefaultMaxBytes = int64_t{1} << 20, kLargestMaxBytes = int64_t{256} << 20;
  Settings settings;
  settings.path = config.GetString("path");
  if (settings.path.empty()) {
    throw sdk::ConfigFailure("'path' must name a folder, but is empty");
  }
  settings.include = Patterns(config, "include");
  settings.exclude = Patterns(config, "exclude");
  const int64_t most = config.GetInt("max_bytes", kDefaultMaxBytes);
  if (most < 0 || most > kLargestMaxBytes) {
    throw sdk::ConfigFailure("'max_bytes' must be from 0 to 268435456, but is " +
                             std::to_string(most));
  }
  settings.max_bytes = static_cast<size_t>(most);
  settings.content = ContentOf(config.GetString("content", "text"));
  settings.hash = config.GetBool("hash", true);
  settings.follow_symlinks = config.GetBool("follow_symlinks", false);
  return settings;
}

bool Settings::Excludes(const std::string& name, bool folder) const {
  return std::any_of(exclude.begin(), exclude.end(),
                     [&](const PathPattern& pattern) { return pattern.Matches(name, folder); });
}

bool Settings::Includes(const std::string& name) const {
  return include.empty() ||
         std::any_of(include.begin(), include.end(),
                     [&](const PathPattern& pattern) { return pattern.Matches(name, false); });
}

}  // namespace connhost::local_files
