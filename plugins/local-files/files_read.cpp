#include "plugins/local-files/files_read.h"

#include <system_error>

namespace connhost::local_files {

namespace {

enum ColumnIndex : size_t { kPath, kSize, kModifiedAt, kHash, kText, kOp };

// A checkpoint costs about its own size: it is not written more often than this share of the data.
constexpr uint64_t kDataPerStateByte = 16;
constexpr uint64_t kRowBytes = 128;

}  // namespace

std::vector<sdk::Column> FilesRead::Columns() {
  using sdk::Type;
  return {{"path", Type::kText, false, 0, 0},
          {"size", Type::kInt64, true, 0, 0},
          {"modified_at", Type::kTimestampUtc, true, 0, 0},
          {"hash", Type::kText, true, 0, 0},
          {"content", Type::kText, true, 0, 0},
          {"_op", Type::kText, false, 0, 0}};
}

FilesRead::FilesRead(const Settings& settings, sdk::Host host, const sdk::ReadRequest& request,
                     sdk::Output& output)
    : settings_(settings),
      host_(host),
      incremental_(request.incremental),
      known_(request.state),
      output_(output),
      rows_(output, Columns()) {
  if (!incremental_) last_ = request.state.GetString("last");
}

void FilesRead::Run() {
  FolderWalk(settings_).Run(*this);
  if (incremental_ && complete_) EmitDeletes();
  if (incremental_ && !complete_) {
    host_.Warn("a part of '" + settings_.path +
               "' cannot be read: files that are gone are not reported in this run");
  }
  Checkpoint();
}

void FilesRead::File(const FoundFile& file) {
  host_.Poll();
  if (!incremental_ && !FolderWalk::ComesBefore(last_, file.path)) return;
  if (!IsUtf8(file.path)) {
    return output_.Reject("", 0, "invalid_path", "the path must be UTF-8, but is not", file.path);
  }
  if (incremental_ && !known_.IsChanged(file.path, file.info)) return;
  const FileContent content = ReadContent(file, settings_);
  if (content.fault != 0) return Refuse(file.path, std::generic_category().message(content.fault));
  Append(file, content);
  if (incremental_) known_.Put(file.path, file.info);
  last_ = file.path;
  rows_.EndRow();
  since_bytes_ += kRowBytes + (content.content ? content.content->size() : 0);
  if (rows_.rows() == 0 && since_bytes_ >= state_bytes_ * kDataPerStateByte) Checkpoint();
}

void FilesRead::Unreadable(const std::string& path, const std::string& reason) {
  complete_ = false;
  Refuse(path, reason);
}

void FilesRead::Append(const FoundFile& file, const FileContent& content) {
  const timespec& time = file.info.st_mtim;
  rows_[kPath].AppendText(file.path);
  rows_[kSize].AppendInt64(file.info.st_size);
  rows_[kModifiedAt].AppendInt64(time.tv_sec * 1'000'000 + time.tv_nsec / 1000);
  AppendOrNull(kHash, content.hash.empty() ? nullptr : &content.hash);
  AppendOrNull(kText, content.content ? &*content.content : nullptr);
  rows_[kOp].AppendText("upsert");
}

void FilesRead::AppendOrNull(size_t column, const std::string* text) {
  text == nullptr ? rows_[column].AppendNull() : rows_[column].AppendText(*text);
}

void FilesRead::EmitDeletes() {
  for (const std::string& path : known_.Missing()) {
    rows_[kPath].AppendText(path);
    for (const ColumnIndex column : {kSize, kModifiedAt, kHash, kText}) rows_[column].AppendNull();
    rows_[kOp].AppendText("delete");
    known_.Erase(path);
    rows_.EndRow();
    if (rows_.rows() == 0) Checkpoint();
  }
}

void FilesRead::Refuse(const std::string& path, const std::string& reason) {
  known_.Touch(path);
  output_.Reject(settings_.path, 0, "unreadable", "'" + path + "' cannot be read: " + reason, path);
}

void FilesRead::Checkpoint() {
  sdk::Json state = sdk::Json::Object();
  if (incremental_) {
    state = known_.ToJson();
  } else {
    state.Set("last", sdk::Json::String(last_));
  }
  rows_.Checkpoint(state);
  since_bytes_ = 0;
  state_bytes_ = state.Write().size();
}

}  // namespace connhost::local_files
