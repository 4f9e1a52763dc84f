#include "bronze_fixture.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdio>
#include <sstream>

namespace connhost::bronze {

namespace fs = std::filesystem;
using sdk::Type;

int WatchedFiles::Before(const char* operation, const std::string& path) {
  ++count;
  return on_operation ? on_operation(count, operation, path) : 0;
}

Table::Table(std::vector<sdk::Column> columns) : columns_(std::move(columns)) {
  for (const sdk::Column& column : columns_) buffers_.emplace_back(column.type);
  arrays_.resize(columns_.size());
  pointers_.resize(3 * columns_.size());
}

const ArrowArray& Table::Export() {
  children_.clear();
  for (size_t i = 0; i < buffers_.size(); ++i) {
    buffers_[i].Export(&arrays_[i], &pointers_[3 * i]);
    children_.push_back(&arrays_[i]);
  }
  array_.length = buffers_[0].rows();
  array_.n_children = static_cast<int64_t>(children_.size());
  array_.children = children_.data();
  return array_;
}

Landing::Landing(const std::string& config, const sdk::StreamTarget& target, FileSystem* files) {
  const sdk::Json document = sdk::Json::Parse(config, "the configuration");
  bronze_ = files != nullptr
                ? std::make_unique<BronzeDestination>(document, sdk::Host(host.table()), *files)
                : std::make_unique<BronzeDestination>(document, sdk::Host(host.table()));
  Recover(target);
}

void Landing::Write(Table& table, uint64_t sequence) {
  connhost_batch_info info{};
  info.sequence = sequence;
  info.emitted_at = 1'795'269'792'123'456;
  info.context = &rejected;
  info.reject = [](const connhost_batch_info* self, uint64_t row, connhost_text code,
                   connhost_text reason) {
    static_cast<std::vector<sdk::Rejected>*>(self->context)
        ->push_back(
            {"", row, std::string(sdk::ToView(code)), std::string(sdk::ToView(reason)), ""});
  };
  bronze_->Open(table.columns());
  bronze_->Write(sdk::BatchView(table.Export(), table.columns()), sdk::BatchInfo(&info));
}

void Landing::WriteIds(int64_t first, int64_t last, uint64_t sequence, size_t filler) {
  while (first <= last) {
    Table table({{"id", Type::kInt64}, {"filler", Type::kText}});
    for (int i = 0; i < 500 && first <= last; ++i, ++first) {
      table.column(0).AppendInt64(first);
      table.column(1).AppendText(std::string(filler, 'x'));
    }
    Write(table, sequence);
  }
}

BronzeTest::BronzeTest(Medium medium)
    : folder_(medium == Medium::kMemory && fs::is_directory("/dev/shm") ? "/dev/shm" : "") {}

std::string BronzeTest::Config(const std::string& compression) const {
  sdk::Json config = sdk::Json::Object();
  config.Set("path", sdk::Json::String(root().string()));
  config.Set("compression", sdk::Json::String(compression));
  return config.Write();
}

sdk::StreamTarget BronzeTest::Target(const std::string& run_id, sdk::Mode mode) {
  sdk::StreamTarget target;
  target.tenant = "acme";
  target.connection = "orders";
  target.stream = "orders";
  target.connector = "csv@1.0.0";
  target.run_id = run_id;
  target.mode = mode;
  return target;
}

sdk::StreamTarget BronzeTest::Anew(const std::string& run_id) {
  sdk::StreamTarget target = Target(run_id, sdk::Mode::kOverwrite);
  target.restart = true;
  return target;
}

std::vector<std::string> Names(const fs::path& folder) {
  std::vector<std::string> names;
  if (!fs::exists(folder)) return names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::map<std::string, std::string> Segments(const fs::path& folder) {
  std::map<std::string, std::string> segments;
  for (const std::string& name : Names(folder)) {
    if (name[0] == '.' || name.starts_with("manifest-")) continue;
    segments[name] = ReadFile(folder / name, size_t{1} << 30);
  }
  return segments;
}

std::vector<std::string> Lines(const fs::path& folder) {
  std::vector<std::string> lines;
  for (const auto& [name, content] : Segments(folder)) {
    EXPECT_TRUE(content.empty() || content.back() == '\n') << name << " ends inside a line";
    std::istringstream stream(content);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
  }
  return lines;
}

std::multiset<int64_t> Ids(const fs::path& folder) {
  std::multiset<int64_t> ids;
  for (const std::string& line : Lines(folder)) {
    EXPECT_TRUE(sdk::IsJson(line)) << line;
    long long id = 0;
    const size_t at = line.find("\"data\":{\"id\":");
    EXPECT_NE(at, std::string::npos) << line;
    EXPECT_EQ(std::sscanf(line.c_str() + at, "\"data\":{\"id\":%lld", &id), 1) << line;
    ids.insert(id);
  }
  return ids;
}

std::multiset<int64_t> IdsFrom(int64_t first, int64_t last) {
  std::multiset<int64_t> ids;
  for (; first <= last; ++first) ids.insert(first);
  return ids;
}

sdk::Json ReadJson(const fs::path& path) {
  return sdk::Json::Parse(ReadFile(path), path.string());
}

namespace {

std::string Xxh128(const std::string& bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  char text[40];
  std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return text;
}

// Adds the files it names to `named`.
void ExpectManifest(const sdk::Json& manifest, const std::map<std::string, std::string>& segments,
                    std::multiset<std::string>* named) {
  int64_t records = 0;
  int64_t bytes = 0;
  for (const sdk::Json& segment : manifest.Find("segments")->items()) {
    const std::string file = segment.GetString("file");
    named->insert(file);
    ASSERT_EQ(segments.count(file), 1U) << file << " is in a manifest but not there";
    const std::string& content = segments.at(file);
    EXPECT_EQ(segment.GetInt("bytes", -1), static_cast<int64_t>(content.size()));
    EXPECT_EQ(segment.GetString("xxh128"), Xxh128(content)) << file;
    if (file.ends_with(".ndjson")) {
      EXPECT_EQ(segment.GetInt("records", -1), std::count(content.begin(), content.end(), '\n'));
    }
    records += segment.GetInt("records", -1);
    bytes += segment.GetInt("bytes", -1);
  }
  EXPECT_EQ(manifest.GetInt("records", -1), records);
  EXPECT_EQ(manifest.GetInt("bytes", -1), bytes);
}

}  // namespace

void ExpectWhole(const fs::path& folder) {
  const std::map<std::string, std::string> segments = Segments(folder);
  std::multiset<std::string> named;
  for (const std::string& name : Names(folder)) {
    EXPECT_FALSE(name.ends_with(".open") || name.ends_with(".tmp")) << name << " is left over";
    if (name.starts_with("manifest-")) ExpectManifest(ReadJson(folder / name), segments, &named);
  }
  std::multiset<std::string> there;
  for (const auto& [name, content] : segments) there.insert(name);
  EXPECT_EQ(named, there);
}

}  // namespace connhost::bronze
