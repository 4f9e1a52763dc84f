#include "host/conformance/visible_rows.h"

#include <algorithm>

#include "base/files.h"

namespace connhost {
namespace {

constexpr size_t kMostBytes = size_t{256} << 20;  // of a file

void FindIn(const std::string& content, const std::string& begin, VisibleRows* rows) {
  for (size_t at = content.find(begin); at != std::string::npos; at = content.find(begin, at)) {
    at += begin.size();
    const size_t end = content.find('.', at);
    if (end == std::string::npos || end - at > 32) continue;
    ++(*rows)[content.substr(at, end - at)];
  }
}

}  // namespace

VisibleRows FindRows(const std::filesystem::path& folder, const std::string& token) {
  VisibleRows rows;
  if (folder.empty()) return rows;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && !entry.is_symlink()) {
      FindIn(ReadFile(entry.path(), kMostBytes), token + "-", &rows);
    }
  }
  return rows;
}

size_t CountGeneration(const VisibleRows& rows, int generation) {
  const std::string begin = std::to_string(generation) + "-";
  return static_cast<size_t>(std::count_if(
      rows.begin(), rows.end(), [&](const auto& row) { return row.first.starts_with(begin); }));
}

}  // namespace connhost
