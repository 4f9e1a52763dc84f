#include "plugins/csv/source.h"

#include <algorithm>
#include <connhost/failure.hpp>
#include <set>

#include "plugins/csv/stream_read.h"

namespace connhost::csv {
namespace {

std::vector<FoundFile> FilesOfStream(const std::vector<FoundFile>& all, const std::string& stream) {
  std::vector<FoundFile> files;
  std::set<std::string> names;
  for (const FoundFile& file : all) {
    if (file.stream == stream) files.push_back(file);
    names.insert(file.stream);
  }
  if (files.empty()) {
    std::vector<std::string> known(names.begin(), names.end());
    if (known.size() > 20) known.resize(20);
    throw sdk::ConfigFailure("there is no file for the stream '" + stream +
                             "'; the files found are for " + QuotedList(known));
  }
  return files;
}

std::set<std::string> ColumnNames(const std::vector<Layout>& layouts) {
  std::set<std::string> names;
  for (const Layout& layout : layouts) names.insert(layout.columns.begin(), layout.columns.end());
  return names;
}

void CheckNotEmpty(const std::vector<FoundFile>& files, const std::vector<sdk::Column>& columns) {
  if (!columns.empty()) return;
  throw sdk::ConfigFailure("'" + files.front().name +
                           "' is empty: expected a header line with the names of its columns; "
                           "write one, or set 'header' to false and give 'columns'");
}

}  // namespace

CsvSource::CsvSource(const sdk::Json& config, sdk::Host host, const Sizes& sizes)
    : config_(Config::Parse(config)), host_(host), sizes_(sizes) {}

void CsvSource::Authenticate() {
  for (const FoundFile& file : FindFiles(config_)) DiskFile(file.path, file.name);
}

std::vector<Layout> CsvSource::ReadLayouts(const std::vector<FoundFile>& files) const {
  std::vector<Layout> layouts;
  for (const FoundFile& found : files) {
    DiskFile file(found.path, found.name);
    layouts.push_back(ReadLayout(file, config_));
  }
  return layouts;
}

// A type may be for a column that only another stream has.
void CsvSource::CheckTypes(const std::vector<FoundFile>& all,
                           const std::vector<Layout>& layouts) const {
  std::set<std::string> names = ColumnNames(layouts);
  const auto known = [&](const auto& type) { return names.contains(type.first); };
  if (std::all_of(config_.types.begin(), config_.types.end(), known)) return;
  names = ColumnNames(ReadLayouts(all));
  for (const auto& type : config_.types) {
    if (known(type)) continue;
    throw sdk::ConfigFailure("'types' declares the column '" + type.first +
                             "', which no file has; the columns are " +
                             QuotedList({names.begin(), names.end()}));
  }
}

void CsvSource::Discover(sdk::Catalog& catalog) {
  const std::vector<FoundFile> all = FindFiles(config_);
  CheckTypes(all, ReadLayouts(all));
  std::set<std::string> streams;
  for (const FoundFile& file : all) streams.insert(file.stream);
  for (const std::string& stream : streams) {
    const std::vector<FoundFile> files = FilesOfStream(all, stream);
    sdk::StreamInfo info;
    info.name = stream;
    info.columns = StreamColumns(ReadLayouts(files), config_);
    CheckNotEmpty(files, info.columns);
    info.incremental = true;
    catalog.Add(info);
  }
}

void CsvSource::Read(const sdk::ReadRequest& request, sdk::Output& output) {
  const std::vector<FoundFile> all = FindFiles(config_);
  const std::vector<FoundFile> files = FilesOfStream(all, request.stream);
  const std::vector<Layout> layouts = ReadLayouts(files);
  CheckNotEmpty(files, StreamColumns(layouts, config_));
  CheckTypes(all, layouts);
  StreamRead(config_, sizes_, host_, files, layouts, request, output).Run();
}

}  // namespace connhost::csv
