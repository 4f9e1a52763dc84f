#include "bronze_destination.h"

#include <fcntl.h>

#include <utility>

#include "background_sink.h"
#include "safe_name.h"
#include "segment_file.h"
#include "zstd_sink.h"

namespace connhost::bronze {

namespace {

constexpr std::chrono::milliseconds kLockPatience{5000};

std::unique_ptr<BlockSink> MakeSink(FileSystem& files, Compression compression) {
  std::unique_ptr<BlockSink> sink;
  if (compression == Compression::kZstd) {
    sink = std::make_unique<ZstdSink>(files);
  } else {
    sink = std::make_unique<SegmentFile>(files);
  }
  return std::make_unique<BackgroundSink>(std::move(sink));
}

}  // namespace

BronzeDestination::BronzeDestination(const sdk::Json& config, sdk::Host host, FileSystem& files)
    : files_(files),
      host_(host),
      settings_(Settings::From(config)),
      writer_(MakeSink(files_, settings_.compression)) {}

BronzeDestination::BronzeDestination(const sdk::Json& config, sdk::Host host)
    : own_files_(std::make_unique<FileSystem>()),
      files_(*own_files_),
      host_(host),
      settings_(Settings::From(config)),
      writer_(MakeSink(files_, settings_.compression)) {}

void BronzeDestination::Authenticate() {
  files_.MakeFolders(settings_.path);
  const std::string probe = JoinPath(settings_.path, ".probe");
  files_.Open(probe, O_WRONLY | O_CREAT);
  files_.Remove(probe);
}

sdk::Committed BronzeDestination::Recover(const sdk::StreamTarget& target) {
  if (target.mode != sdk::Mode::kAppend && target.mode != sdk::Mode::kOverwrite) {
    throw sdk::UnsupportedFailure("bronze writes append or overwrite, but stream '" +
                                  target.stream +
                                  "' asks for another mode: change 'write' in the connection");
  }
  settled_ = false;
  if (writer_.started()) writer_.Abandon();
  place_.reset();
  lock_.reset();
  target_ = target;
  const std::string parent =
      JoinPath(JoinPath(settings_.path, SafeName(target.tenant)), SafeName(target.connection));
  files_.MakeFolders(parent);
  lock_.emplace(files_, JoinPath(parent, "." + SafeName(target.stream) + ".lock"), host_,
                kLockPatience);
  place_.emplace(files_, parent, target, settings_.extension());
  sdk::Committed last = place_->Recover();
  settled_ = true;
  return last;
}

// A call that does not reach its end leaves the segment in doubt; only Recover knows the way on.
void BronzeDestination::BeginCall(const char* call) {
  if (!std::exchange(settled_, false)) {
    throw sdk::Failure(CONNHOST_INTERNAL,
                       std::string("'") + call +
                           "' was called without 'recover' before it, or after a call that failed");
  }
}

void BronzeDestination::Open(const std::vector<sdk::Column>& columns) {
  BeginCall("open");
  encoder_.Open(target_, columns);
  settled_ = true;
}

void BronzeDestination::StartSegment(uint64_t sequence) {
  segment_path_ = place_->folder().HiddenPath(sequence);
  writer_.Start(segment_path_);
  sequence_ = sequence;
  records_ = 0;
}

void BronzeDestination::RefuseOtherSequence(uint64_t sequence) const {
  if (sequence == sequence_) return;
  throw sdk::Failure(CONNHOST_INTERNAL, "records of sequence " + std::to_string(sequence_) +
                                            " wait for their commit, but sequence " +
                                            std::to_string(sequence) + " came");
}

void BronzeDestination::Write(const sdk::BatchView& batch, const sdk::BatchInfo& info) {
  BeginCall("write");
  if (!encoder_.is_open()) throw sdk::Failure(CONNHOST_INTERNAL, "'write' came before 'open'");
  if (!writer_.started()) StartSegment(info.sequence());
  RefuseOtherSequence(info.sequence());
  records_ += encoder_.Write(batch, info, writer_);
  settled_ = true;
}

sdk::Receipt BronzeDestination::Commit(const sdk::CommitRequest& request) {
  BeginCall("commit");
  std::optional<Segment> written;
  if (writer_.started()) {
    RefuseOtherSequence(request.sequence);
    if (records_ > 0) {
      Stored stored = writer_.Finish();
      written = Segment{"", records_, stored.bytes, std::move(stored.xxh128)};
    } else {  // every row was handed back
      writer_.Abandon();
      files_.Remove(segment_path_);
    }
  }
  const sdk::Receipt receipt =
      written ? sdk::Receipt{written->records, written->bytes} : sdk::Receipt{};
  place_->Commit(request, std::move(written));
  settled_ = true;
  return receipt;
}

}  // namespace connhost::bronze
