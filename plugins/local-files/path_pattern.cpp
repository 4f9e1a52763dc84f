#include "plugins/local-files/path_pattern.h"

#include <fnmatch.h>

#include <algorithm>

namespace connhost::local_files {

namespace {

std::vector<std::string> NamesOf(std::string_view path) {
  std::vector<std::string> names;
  for (size_t from = 0; from < path.size();) {
    const size_t to = std::min(path.find('/', from), path.size());
    if (to > from) names.emplace_back(path.substr(from, to - from));
    from = to + 1;
  }
  return names;
}

// Row by row over the pattern: which beginnings of the path it matches. Linear in both, whatever
// the number of `**`.
bool MatchNames(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  std::vector<bool> matched(path.size() + 1, false);
  matched[0] = true;
  for (const std::string& name : pattern) {
    std::vector<bool> next(path.size() + 1, false);
    for (size_t i = 0; i <= path.size(); ++i) {
      if (name == "**") {
        next[i] = matched[i] || (i > 0 && next[i - 1]);
      } else if (i > 0 && matched[i - 1]) {
        next[i] = fnmatch(name.c_str(), path[i - 1].c_str(), 0) == 0;
      }
    }
    matched = std::move(next);
  }
  return matched.back();
}

}  // namespace

PathPattern::PathPattern(std::string_view text) : folders_only_(text.ends_with('/')) {
  if (folders_only_) text.remove_suffix(1);
  if (text.find('/') == text.npos) names_.emplace_back("**");
  for (std::string& name : NamesOf(text)) names_.push_back(std::move(name));
}

bool PathPattern::Matches(std::string_view path, bool folder) const {
  return (folder || !folders_only_) && MatchNames(names_, NamesOf(path));
}

}  // namespace connhost::local_files
