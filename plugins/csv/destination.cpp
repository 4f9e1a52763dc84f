#include "plugins/csv/destination.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <connhost/failure.hpp>
#include <filesystem>

#include "plugins/csv/config.h"

namespace connhost::csv {
namespace {

constexpr size_t kBufferBytes = size_t{256} << 10;

WriteDialect ParseDialect(const sdk::Json& config) {
  WriteDialect dialect;
  const std::optional<char> delimiter = ParseMark(config, "delimiter", ",");
  if (!delimiter || *delimiter == '"') {
    throw sdk::ConfigFailure(
        "'delimiter' must be one character that is no quote, like ',' or '\\t'");
  }
  dialect.delimiter = *delimiter;
  dialect.line_ending = config.GetString("line_ending", "\n");
  if (dialect.line_ending != "\n" && dialect.line_ending != "\r\n") {
    throw sdk::ConfigFailure("'line_ending' must be \"\\n\" or \"\\r\\n\"");
  }
  return dialect;
}

void CheckStreamName(const std::string& name) {
  if (!name.empty() && name.front() != '.' && name.size() <= 200 &&
      name.find_first_of(std::string_view("/\0", 2)) == std::string::npos) {
    return;
  }
  throw sdk::ConfigFailure("the stream '" + name +
                           "' cannot name a file: expected at most 200 bytes without '/' that do "
                           "not begin with '.'; give the stream another name");
}

uint64_t SizeOf(int fd) {
  struct stat about {};
  return fstat(fd, &about) == 0 ? static_cast<uint64_t>(about.st_size) : 0;
}

}  // namespace

CsvDestination::CsvDestination(const sdk::Json& config, sdk::Host)
    : folder_(config.GetString("path")),
      header_(config.GetBool("header", true)),
      writer_(ParseDialect(config)) {
  if (folder_.empty()) throw sdk::ConfigFailure("'path' is missing: give the folder to write to");
}

CsvDestination::~CsvDestination() {
  if (data_ >= 0) close(data_);
  if (lock_ >= 0) close(lock_);
}

void CsvDestination::MakeFolder() const {
  std::error_code fault;
  std::filesystem::create_directories(folder_, fault);
  if (fault) errno = fault.value();
  if (fault || access(folder_.c_str(), W_OK | X_OK) != 0) ThrowErrno("write to", folder_);
}

void CsvDestination::Authenticate() {
  MakeFolder();
}

void CsvDestination::Lock(const std::string& path) {
  if (lock_ >= 0) close(lock_);
  lock_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock_ < 0) ThrowErrno("create", path);
  if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    throw sdk::TransientFailure("another run is writing '" + final_path_ +
                                "' (it holds the lock '" + path + "'); wait for it to end");
  }
}

// Does what is left of a complete overwrite: each step can be done again.
void CsvDestination::FinishOverwrite() {
  if (Exists(next_path_)) RenameDurably(next_path_, final_path_);
  RenameDurably(next_marker_, final_marker_);
}

sdk::Committed CsvDestination::Recover(const sdk::StreamTarget& target) {
  if (target.mode != sdk::Mode::kAppend && target.mode != sdk::Mode::kOverwrite) {
    throw sdk::UnsupportedFailure(
        "csv files can be written with append or overwrite only; change "
        "'write' of the stream '" +
        target.stream + "'");
  }
  CheckStreamName(target.stream);
  MakeFolder();
  final_path_ = folder_ + "/" + target.stream + ".csv";
  final_marker_ = folder_ + "/." + target.stream + ".csv.commit";
  next_path_ = folder_ + "/." + target.stream + ".csv.next";
  next_marker_ = next_path_ + ".commit";
  Lock(folder_ + "/." + target.stream + ".csv.lock");
  if (data_ >= 0) close(data_);
  data_ = -1;
  overwrite_ = target.mode == sdk::Mode::kOverwrite;
  buffer_.clear();
  records_ = 0;

  CommitMarker next;
  bool unfinished = next.Load(next_marker_);
  if (unfinished && next.complete) {
    FinishOverwrite();
    unfinished = false;
  }
  if (!unfinished || !overwrite_) {
    RemoveIfThere(next_marker_);
    RemoveIfThere(next_path_);
    unfinished = false;
  }
  marker_ = {};
  if (unfinished) {
    OpenData(next_path_);
  } else if (!overwrite_) {
    OpenData(final_path_);
  } else {
    marker_.Load(final_marker_);
  }
  return {marker_.sequence > 0, marker_.sequence, marker_.state};
}

// Opens a file for appending, cut to what its marker says is committed.
void CsvDestination::OpenData(const std::string& path) {
  data_path_ = path;
  marker_path_ = path == final_path_ ? final_marker_ : next_marker_;
  if (!marker_.Load(marker_path_)) {
    if (Exists(path)) {
      throw sdk::ConfigFailure("'" + path +
                               "' is there already, but was not written by this connector; move it "
                               "away, or write with overwrite");
    }
    marker_.Save(marker_path_);
  }
  data_ = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (data_ < 0) ThrowErrno("create", path);
  const uint64_t size = SizeOf(data_);
  if (size < marker_.bytes) {
    throw sdk::ConfigFailure("'" + path + "' is " + std::to_string(size) + " bytes long, but " +
                             std::to_string(marker_.bytes) +
                             " are committed: it was changed from outside; restore it, or write "
                             "with overwrite");
  }
  TruncateTo(marker_.bytes);
}

void CsvDestination::TruncateTo(uint64_t bytes) {
  if (ftruncate(data_, static_cast<off_t>(bytes)) != 0) ThrowErrno("truncate", data_path_);
  bytes_ = bytes;
  buffer_.clear();
}

void CsvDestination::StartOverwrite() {
  const CommitMarker last = marker_;
  marker_ = {};
  marker_.sequence = last.sequence;
  marker_.state = last.state;
  data_path_ = next_path_;
  marker_path_ = next_marker_;
  data_ = open(data_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
  if (data_ < 0) ThrowErrno("create", data_path_);
  bytes_ = 0;
}

void CsvDestination::MapColumns(const std::vector<sdk::Column>& columns) {
  if (marker_.columns.empty()) {
    for (const sdk::Column& column : columns) marker_.columns.push_back(column.name);
  }
  order_.assign(marker_.columns.size(), -1);
  for (size_t i = 0; i < columns.size(); ++i) {
    const auto at = std::find(marker_.columns.begin(), marker_.columns.end(), columns[i].name);
    if (at == marker_.columns.end()) {
      throw sdk::ConfigFailure("the column '" + columns[i].name + "' is new: '" + final_path_ +
                               "' has " + QuotedList(marker_.columns) +
                               ", and a csv file cannot get columns later; write with overwrite");
    }
    order_[static_cast<size_t>(at - marker_.columns.begin())] = static_cast<int>(i);
  }
}

void CsvDestination::Open(const std::vector<sdk::Column>& columns) {
  if (data_ < 0) StartOverwrite();
  columns_ = columns;
  MapColumns(columns);
  WriteHeader();
}

void CsvDestination::WriteHeader() {
  if (!header_ || bytes_ > 0) return;
  writer_.Header(marker_.columns, buffer_);
  bytes_ = buffer_.size();
}

void CsvDestination::Write(const sdk::BatchView& batch, const sdk::BatchInfo& info) {
  const bool repeat = info.sequence() == marker_.sequence && marker_.sequence > 0;
  if (repeat && bytes_ == marker_.bytes && marker_.start < marker_.bytes) {
    TruncateTo(marker_.start);
    WriteHeader();
  }
  for (uint32_t row = 0; row < batch.rows(); ++row) {
    const size_t before = buffer_.size();
    writer_.Row(batch, columns_, order_, row, buffer_);
    bytes_ += buffer_.size() - before;
    ++records_;
    if (buffer_.size() >= kBufferBytes) Drain();
  }
}

void CsvDestination::Drain() {
  WriteFully(data_, buffer_, data_path_);
  buffer_.clear();
}

sdk::Receipt CsvDestination::Commit(const sdk::CommitRequest& commit) {
  if (data_ < 0) StartOverwrite();
  Drain();
  if (fdatasync(data_) != 0) ThrowErrno("sync", data_path_);
  const uint64_t committed = marker_.bytes;
  if (commit.sequence != marker_.sequence) marker_.start = committed;
  marker_.sequence = commit.sequence;
  marker_.state = commit.state;
  marker_.bytes = bytes_;
  marker_.complete = overwrite_ && commit.last;
  marker_.Save(marker_path_);
  const sdk::Receipt receipt{records_, bytes_ > committed ? bytes_ - committed : 0};
  records_ = 0;
  if (marker_.complete) {
    FinishOverwrite();
    close(data_);
    data_ = -1;
  }
  return receipt;
}

}  // namespace connhost::csv
