#include "stream_folder.h"

#include <cstdio>

namespace connhost::bronze {

namespace {

constexpr const char* kExtensions[] = {".ndjson", ".ndjson.zst"};

std::string Padded(uint64_t sequence) {
  char text[24];
  std::snprintf(text, sizeof text, "%012llu", static_cast<unsigned long long>(sequence));
  return text;
}

}  // namespace

StreamFolder::StreamFolder(FileSystem& files, const std::string& path,
                           const sdk::StreamTarget& target, std::string extension)
    : files_(files), target_(target), extension_(std::move(extension)) {
  MovedTo(path);
}

void StreamFolder::MovedTo(const std::string& path) {
  path_ = path;
  manifest_.emplace(files_, path_, target_.run_id);
}

std::string StreamFolder::SegmentName(uint64_t sequence) const {
  return Padded(sequence) + extension_;
}

std::string StreamFolder::HiddenName(const std::string& segment, uint64_t repeat) const {
  return "." + segment + (repeat == 0 ? "" : "." + std::to_string(repeat)) + ".open";
}

bool StreamFolder::IsRepeat(uint64_t sequence) const {
  return committed_ && committed_->sequence == sequence;
}

std::string StreamFolder::HiddenPath(uint64_t sequence) const {
  const bool allowed = !committed_ || sequence > committed_->sequence ||
                       (IsRepeat(sequence) && committed_->run_id == target_.run_id);
  if (!allowed) {
    throw sdk::UnsupportedFailure(
        "a commit with the sequence " + std::to_string(sequence) + " was asked for, but " + path_ +
        " already holds sequence " + std::to_string(committed_->sequence) + " of run '" +
        committed_->run_id + "': sequences of a stream must grow from what recover answers");
  }
  const uint64_t repeat = IsRepeat(sequence) ? committed_->repeat + 1 : 0;
  return JoinPath(path_, HiddenName(SegmentName(sequence), repeat));
}

void StreamFolder::RefuseStranger(const std::string& segment) const {
  const std::string path = JoinPath(path_, segment);
  if (!files_.Exists(path)) return;
  throw sdk::ConfigFailure(path +
                           " exists already, but no commit of this stream made it. Move it "
                           "away, then run again");
}

// What the next marker builds on: the run's sums without the commit that is replaced.
Marker StreamFolder::MarkerBefore(uint64_t sequence) const {
  Marker base;
  base.generation = committed_ ? committed_->generation : generation_;
  base.repeat = IsRepeat(sequence) ? committed_->repeat + 1 : 0;
  if (!committed_ || committed_->run_id != target_.run_id) return base;
  base.part_bytes = committed_->part_bytes;
  base.run_records = committed_->run_records;
  base.run_bytes = committed_->run_bytes;
  if (IsRepeat(sequence) && committed_->segment && base.part_bytes > 0) {
    base.part_bytes -= committed_->segment->ToJson().size() + 1;
    base.run_records -= committed_->segment->records;
    base.run_bytes -= committed_->segment->bytes;
  }
  return base;
}

void StreamFolder::Commit(const sdk::CommitRequest& request, std::optional<Segment> written) {
  HiddenPath(request.sequence);  // refuses a sequence out of order, also without records
  Marker marker = MarkerBefore(request.sequence);
  marker.sequence = request.sequence;
  marker.last = request.last;
  marker.run_id = target_.run_id;
  marker.state = request.state;
  if (written) {
    written->file = SegmentName(request.sequence);
    if (marker.repeat == 0) RefuseStranger(written->file);
    marker.run_records += written->records;
    marker.run_bytes += written->bytes;
    marker.segment = std::move(written);
  }
  marker.part_bytes = manifest_->Append(marker.part_bytes, target_, marker.segment);
  WriteMarker(files_, path_, marker);
  committed_ = std::move(marker);
  Show();
  if (committed_->last) manifest_->Publish(*committed_, true);
}

// Step 5: what the marker names becomes visible.
void StreamFolder::Show() {
  if (committed_->segment) {
    const std::string& name = committed_->segment->file;
    const std::string hidden = JoinPath(path_, HiddenName(name, committed_->repeat));
    if (files_.Exists(hidden)) files_.Rename(hidden, JoinPath(path_, name));
  }
  if (committed_->repeat > 0) RemoveReplaced();
}

// A repeat without records, or with another compression, does not replace the file by its rename.
void StreamFolder::RemoveReplaced() {
  for (const char* extension : kExtensions) {
    const std::string name = Padded(committed_->sequence) + extension;
    const bool current = committed_->segment && committed_->segment->file == name;
    if (!current && files_.Exists(JoinPath(path_, name))) files_.Remove(JoinPath(path_, name));
  }
}

void StreamFolder::Recover() {
  committed_ = ReadMarker(files_, path_);
  if (committed_) Show();
  RemoveUncommitted();
  if (committed_) SettleManifest();
}

void StreamFolder::RemoveUncommitted() {
  const std::string known =
      committed_ ? RunManifest(files_, path_, committed_->run_id).PartName() : "";
  for (const std::string& name : files_.List(path_)) {
    const bool unfinished =
        name.starts_with(".") && (name.ends_with(".open") || name.ends_with(".tmp"));
    if (unfinished || (RunManifest::IsPartName(name) && name != known)) {
      files_.Remove(JoinPath(path_, name));
    }
  }
}

void StreamFolder::SettleManifest() {
  const bool same_run = committed_->run_id == target_.run_id;
  RunManifest manifest(files_, path_, committed_->run_id);
  if (!manifest.HasPart()) {
    committed_->part_bytes = committed_->run_records = committed_->run_bytes = 0;
    return;
  }
  manifest.CheckPart(committed_->part_bytes);
  if (committed_->last || !same_run) manifest.Publish(*committed_, committed_->last);
  if (!same_run) manifest.RemovePart();
}

}  // namespace connhost::bronze
