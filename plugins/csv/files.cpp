#include "plugins/csv/files.h"

#include <glob.h>

#include <algorithm>
#include <connhost/failure.hpp>
#include <filesystem>
#include <map>

#include "plugins/csv/row_reader.h"

namespace connhost::csv {
namespace {

namespace fs = std::filesystem;

bool TakeSuffix(std::string& text, std::string_view suffix) {
  if (text.size() <= suffix.size() || !std::string_view(text).ends_with(suffix)) return false;
  text.resize(text.size() - suffix.size());
  return true;
}

bool IsTable(std::string name) {
  if (name.front() == '.') return false;
  TakeSuffix(name, ".gz") || TakeSuffix(name, ".zst");
  return TakeSuffix(name, ".csv") || TakeSuffix(name, ".tsv");
}

// "orders" for data/orders.csv.gz.
std::string StreamName(const std::string& name) {
  std::string base = fs::path(name).filename();
  TakeSuffix(base, ".gz") || TakeSuffix(base, ".zst");
  return fs::path(base).stem();
}

std::vector<FoundFile> InFolder(const std::string& folder) {
  std::vector<FoundFile> files;
  std::error_code fault;
  for (fs::directory_iterator at(folder, fault), end; !fault && at != end; at.increment(fault)) {
    const std::string name = at->path().filename();
    if (IsTable(name) && at->is_regular_file(fault)) files.push_back({at->path(), name, ""});
  }
  if (fault) {
    throw sdk::ConfigFailure("cannot list the folder '" + folder + "': " + fault.message() +
                             "; check its permissions");
  }
  return files;
}

std::vector<FoundFile> Matching(const std::string& pattern) {
  if (pattern.find("**") != std::string::npos) {
    throw sdk::ConfigFailure("'path' is '" + pattern +
                             "', but ** is not known here; use one * for each folder");
  }
  const size_t folder = pattern.rfind('/', pattern.find_first_of("*?[")) + 1;
  std::vector<FoundFile> files;
  glob_t found{};
  // Only its answer to "~" is not safe, and is not asked for. NOLINTNEXTLINE(concurrency-mt-unsafe)
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0) {
    for (size_t i = 0; i < found.gl_pathc; ++i) {
      const std::string path = found.gl_pathv[i];
      if (fs::is_regular_file(path)) files.push_back({path, path.substr(folder), ""});
    }
  }
  globfree(&found);
  return files;
}

std::vector<FoundFile> FilesOf(const std::string& path) {
  std::error_code fault;
  if (fs::is_directory(path, fault)) return InFolder(path);
  if (fs::exists(path, fault)) return {{path, fs::path(path).filename(), ""}};
  return path.find_first_of("*?[") == std::string::npos ? std::vector<FoundFile>{} : Matching(path);
}

}  // namespace

std::vector<FoundFile> FindFiles(const Config& config) {
  std::vector<FoundFile> files = FilesOf(config.path);
  if (files.empty()) {
    throw sdk::ConfigFailure("no file was found at '" + config.path +
                             "': expected a file, a folder with *.csv or *.tsv files, or a pattern "
                             "that matches some; check 'path'");
  }
  std::sort(files.begin(), files.end(),
            [](const FoundFile& a, const FoundFile& b) { return a.name < b.name; });
  std::map<std::string, std::string> file_of_stream;
  for (FoundFile& file : files) {
    if (!IsUtf8(file.name)) {
      throw sdk::ConfigFailure("the name of a file at '" + config.path +
                               "' is not valid UTF-8; rename it");
    }
    file.stream = config.stream.empty() ? StreamName(file.name) : config.stream;
    const auto [other, fresh] = file_of_stream.emplace(file.stream, file.name);
    if (!fresh && config.stream.empty()) {
      throw sdk::ConfigFailure("the files '" + other->second + "' and '" + file.name +
                               "' would both be the stream '" + file.stream +
                               "'; rename one, or set 'stream' to read all files as one stream");
    }
  }
  return files;
}

}  // namespace connhost::csv
