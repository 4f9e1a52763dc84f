#include "plugins/ndjson/read_run.h"

#include <set>

#include "plugins/ndjson/element_splitter.h"
#include "plugins/ndjson/line_splitter.h"

namespace connhost::ndjson {

namespace {

constexpr size_t kBufferBytes = size_t{256} << 10;
// A checkpoint costs about its own size: it is not written more often than this share of the data.
constexpr uint64_t kDataPerStateByte = 16;
// Even when hardly a record passes the cursor.
constexpr uint64_t kMostBetweenCheckpoints = uint64_t{64} << 20;

}  // namespace

ReadRun::ReadRun(const Settings& settings, sdk::Host host, const sdk::ReadRequest& request,
                 sdk::Output& output)
    : settings_(settings),
      host_(host),
      request_(request),
      output_(output),
      keep_files_(request.incremental && request.cursor.empty()),
      state_(request.state, keep_files_),
      columns_(request),
      rows_(output, columns_.columns()),
      buffer_(kBufferBytes) {
  if (request.incremental && !keep_files_) filter_.emplace(state_.cursor(), request.since);
}

void ReadRun::Run(const std::vector<InputFile>& files) {
  std::set<std::string> names;
  for (const InputFile& file : files) {
    names.insert(file.name);
    total_bytes_ += file.size;
  }
  state_.Retain(names);
  for (const InputFile& file : files) {
    if (!state_.Passed(file.name)) ReadFile(file);
    done_bytes_ += file.size;
  }
  if (filter_.has_value()) {
    if (filter_->overflowed()) {
      host_.Warn("more than " + std::to_string(CursorFilter::kMostTies) +
                 " records share the highest value of '" + request_.cursor +
                 "': the next run reads some of them again");
    }
    filter_->Finish();
  }
  Checkpoint(true);
}

void ReadRun::ReadFile(const InputFile& file) {
  file_ = &file;
  source_ = std::make_unique<SourceFile>(file.path);
  const FileState* known = state_.Find(file.name);
  if (known != nullptr && known->done && IsUnchanged(*known)) return;
  format_ = InputFormat::Of(*source_, settings_);
  StartFile(file);
  const std::unique_ptr<ByteInput> input =
      OpenInput(*source_, format_.compression, format_.seekable() ? at_.offset : 0);
  format_.format == Format::kArray ? ReadArray(*input) : ReadLines(*input);
  rows_.Flush();
  at_.done = !format_.seekable();
  if (format_.seekable()) at_.mark = source_->Mark(at_.offset);
  state_.Put(file.name, at_);
  state_.EndFile(file.name);
  CheckpointIfDue(state_bytes_ * kDataPerStateByte);
}

// Finds out where in the file to begin.
void ReadRun::StartFile(const InputFile& file) {
  const FileState* known = state_.Find(file.name);
  at_ = FileState();
  if (known != nullptr && GoesOn(*known)) {
    at_ = *known;
    at_.done = false;
  } else if (known != nullptr && !keep_files_) {
    throw sdk::StaleCursorFailure("'" + file.path +
                                  "' was replaced while its read was interrupted: what was read "
                                  "of it is no part of it any more");
  } else if (known != nullptr) {
    host_.Warn("'" + file.path + "' was replaced since the last run: reading it from its start");
  }
  at_.size = source_->size();
  if (!format_.seekable()) at_.mark = source_->Mark(at_.size);
  skip_ = format_.seekable() ? 0 : at_.line;
  line_ = format_.seekable() ? at_.line : 0;
  rows_.SetOrigin(file.name, line_ + 1);
  next_line_ = line_ + 1;
}

bool ReadRun::IsUnchanged(const FileState& known) const {
  return source_->size() == known.size && source_->Mark(known.size) == known.mark;
}

bool ReadRun::GoesOn(const FileState& known) const {
  if (format_.format == Format::kArray) return IsUnchanged(known);
  const uint64_t covered = format_.seekable() ? known.offset : known.size;
  return source_->size() >= covered && source_->Mark(covered) == known.mark;
}

template <class Splitter>
void ReadRun::Pump(ByteInput& input, Splitter& splitter) {
  while (const size_t got = input.Read(buffer_.data(), buffer_.size())) {
    host_.Poll();
    splitter.Feed({buffer_.data(), got}, *this);
    output_.Progress(done_bytes_ + input.taken(), total_bytes_);
    CheckpointIfDue(kMostBetweenCheckpoints);
  }
}

void ReadRun::ReadLines(ByteInput& input) {
  const bool seekable = format_.seekable();
  LineSplitter splitter(settings_.max_record, seekable ? at_.offset : 0, at_.open && seekable);
  Pump(input, splitter);
  // Where the file may still grow, an unfinished last line is left for the run that sees its end.
  const bool may_grow = keep_files_ && seekable;
  if (splitter.Finish(!may_grow, *this)) at_.open = true;
}

void ReadRun::ReadArray(ByteInput& input) {
  ElementSplitter splitter(file_->path, settings_.pointer, settings_.max_record);
  Pump(input, splitter);
  splitter.Finish();
}

// Counts one position; false when an earlier run took it.
bool ReadRun::Advance(uint64_t end, size_t bytes) {
  since_bytes_ += bytes;
  if (++line_ <= skip_) return false;
  at_.line = line_;
  at_.offset = end;
  at_.open = false;
  return true;
}

void ReadRun::Record(std::string_view text, uint64_t end) {
  if (!Advance(end, text.size()) || !Passes(text)) return;
  if (line_ != next_line_) rows_.SetOrigin(file_->name, line_);
  next_line_ = line_ + 1;
  columns_.Append(text, rows_);
  rows_.EndRow();
  if (rows_.rows() == 0) CheckpointIfDue(state_bytes_ * kDataPerStateByte);
}

void ReadRun::Blank(uint64_t end) {
  Advance(end, 1);
}

void ReadRun::TooLarge(std::string_view head, uint64_t end) {
  if (!Advance(end, head.size())) return;
  Reject("record_too_large",
         "the record must be at most " + std::to_string(settings_.max_record) +
             " bytes, but is longer; only its beginning is kept here (see 'max_record_bytes')",
         head);
}

// Whether the record is to be emitted; it is rejected when it cannot be judged.
bool ReadRun::Passes(std::string_view text) {
  if (!columns_.has_members()) return true;
  if (!columns_.Find(text)) {
    Reject("invalid_json", "the record must be one JSON object, since key or cursor are members",
           text);
    return false;
  }
  if (!filter_.has_value()) return true;
  switch (filter_->Judge(columns_.cursor(), text)) {
    case CursorFilter::Verdict::kTake:
      return true;
    case CursorFilter::Verdict::kKnown:
      return false;
    case CursorFilter::Verdict::kMissing:
      Reject("cursor_missing", "the record must have the cursor '" + request_.cursor + "'", text);
      return false;
    case CursorFilter::Verdict::kOtherType:
      Reject("cursor_type",
             "the cursor '" + request_.cursor +
                 "' must be a string or a number, and of one kind in all records, but is " +
                 std::string(columns_.cursor().substr(0, 100)),
             text);
      return false;
  }
  return false;
}

void ReadRun::Reject(std::string_view code, const std::string& reason, std::string_view raw) {
  output_.Reject(file_->name, line_, code, reason, raw);
}

void ReadRun::CheckpointIfDue(uint64_t after_bytes) {
  if (since_bytes_ > 0 && since_bytes_ >= after_bytes) Checkpoint(false);
}

void ReadRun::Checkpoint(bool ended) {
  if (!ended && !state_.Passed(file_->name)) {
    if (format_.seekable()) at_.mark = source_->Mark(at_.offset);
    state_.Put(file_->name, at_);
  }
  const sdk::Json state =
      state_.ToJson(filter_.has_value() ? filter_->State() : sdk::Json(), ended);
  rows_.Checkpoint(state);
  since_bytes_ = 0;
  state_bytes_ = state.Write().size();
}

}  // namespace connhost::ndjson
