#include "run_manifest.h"

#include <fcntl.h>

#include <fstream>

#include "safe_name.h"

namespace connhost::bronze {

namespace {

constexpr size_t kBuffered = size_t{64} << 10;

std::string HeaderLine(const sdk::StreamTarget& target) {
  sdk::Json header = sdk::Json::Object();
  header.Set("run_id", sdk::Json::String(target.run_id));
  header.Set("tenant", sdk::Json::String(target.tenant));
  header.Set("connection", sdk::Json::String(target.connection));
  header.Set("stream", sdk::Json::String(target.stream));
  header.Set("connector", sdk::Json::String(target.connector));
  return header.Write() + "\n";
}

// Text that goes to a new file in pieces.
class TextFile {
 public:
  TextFile(FileSystem& files, const std::string& path)
      : files_(files), file_(files.Open(path, O_WRONLY | O_CREAT | O_TRUNC)) {}
  void Add(std::string_view text) {
    pending_ += text;
    if (pending_.size() >= kBuffered) Flush();
  }
  void Finish() {
    Flush();
    files_.Sync(file_);
  }

 private:
  void Flush() {
    files_.WriteAt(file_, pending_.data(), pending_.size(), written_);
    written_ += pending_.size();
    pending_.clear();
  }

  FileSystem& files_;
  File file_;
  std::string pending_;
  uint64_t written_ = 0;
};

}  // namespace

RunManifest::RunManifest(FileSystem& files, std::string folder, const std::string& run_id)
    : files_(files), folder_(std::move(folder)), safe_run_(SafeName(run_id)) {}

std::string RunManifest::PartName() const {
  return ".manifest-" + safe_run_ + ".part";
}

bool RunManifest::IsPartName(const std::string& name) {
  return name.starts_with(".manifest-") && name.ends_with(".part");
}

bool RunManifest::HasPart() const {
  return files_.Exists(JoinPath(folder_, PartName()));
}

uint64_t RunManifest::Append(uint64_t at, const sdk::StreamTarget& target,
                             const std::optional<Segment>& segment) {
  const std::string text =
      (at == 0 ? HeaderLine(target) : "") + (segment ? segment->ToJson() + "\n" : "");
  const File part = files_.Open(JoinPath(folder_, PartName()), O_WRONLY | O_CREAT);
  files_.WriteAt(part, text.data(), text.size(), at);
  files_.Truncate(part, at + text.size());
  files_.Sync(part);
  return at + text.size();
}

void RunManifest::CheckPart(uint64_t bytes) const {
  const std::string path = JoinPath(folder_, PartName());
  const uint64_t size = files_.SizeOf(path);
  if (size >= bytes) return;
  throw sdk::ConfigFailure(path + " has " + std::to_string(size) + " bytes, but " +
                           std::to_string(bytes) +
                           " were committed: something else changed it. Delete it to go on "
                           "without the manifest of that run");
}

void RunManifest::Publish(const Marker& marker, bool complete) {
  const std::string path = JoinPath(folder_, "manifest-" + safe_run_ + ".json");
  const std::string temporary = JoinPath(folder_, ".manifest-" + safe_run_ + ".json.tmp");
  std::ifstream part(JoinPath(folder_, PartName()), std::ios::binary);
  TextFile manifest(files_, temporary);
  std::string line;
  std::getline(part, line);
  uint64_t left = marker.part_bytes - (line.size() + 1);
  if (!line.empty()) line.pop_back();
  manifest.Add(line + ",\"complete\":" + (complete ? "true" : "false") +
               ",\"records\":" + std::to_string(marker.run_records) +
               ",\"bytes\":" + std::to_string(marker.run_bytes) + ",\"segments\":[");
  const char* separator = "\n";
  while (left > 0 && std::getline(part, line)) {
    manifest.Add(separator + line);
    separator = ",\n";
    left -= line.size() + 1;
  }
  manifest.Add("\n]}\n");
  manifest.Finish();
  files_.RenameDurably(temporary, path);
}

void RunManifest::RemovePart() {
  files_.Remove(JoinPath(folder_, PartName()));
}

}  // namespace connhost::bronze
