#include "host/conformance/destination_guest.h"

#include <cstring>

#include "host/run/call_requests.h"

namespace connhost {
namespace {

uint32_t RowsOf(const std::string& batch) {
  uint32_t rows = 0;
  std::memcpy(&rows, batch.data(), sizeof rows);
  return rows;
}

}  // namespace

DestinationGuest::DestinationGuest(CheckContext& context, const Json& config)
    : session_(context.Start(context.Spec(config))) {
  session_->Call(FrameType::kCreate, 0, WriteJson(config));
  session_->Call(FrameType::kAuthenticate, 0, "");
}

void DestinationGuest::Take(const Frame& frame) {
  if (frame.type == FrameType::kResult) session_->CheckResult(frame);
  if (frame.type != FrameType::kReject) return;
  ++rejected_;
  ++all_rejected_;
}

std::optional<KitCommit> DestinationGuest::Recover(const KitTarget& target) {
  StreamTask task;
  task.name = "sample";
  task.sync = target.mode == "overwrite" ? "full" : "incremental";
  task.mode = target.mode;
  task.key = {"id"};
  const WriteTarget who{"kit", "verify", "kit@1.0.0",
                        "20260101T000000-verify0" + std::to_string(target.run), target.restart};
  std::optional<KitCommit> commit;
  session_->Call(FrameType::kRecover, 0, RecoverRequestText(who, task), 0, [&](const Frame& frame) {
    if (frame.type != FrameType::kRecovered) return;
    commit = KitCommit{frame.argument, std::string(frame.payload)};
  });
  return commit;
}

void DestinationGuest::Open(const Schema& schema) {
  session_->Call(FrameType::kSchema, schema.columns.size(), EncodeSchema(schema), 0,
                 [this](const Frame& frame) { Take(frame); });
}

void DestinationGuest::Write(uint64_t sequence, const std::string& batch) {
  session_->Send(FrameType::kBatch, sequence, batch);
  sent_ += RowsOf(batch);
  while (const auto answer = session_->Poll()) Take(*answer);
}

void DestinationGuest::Flush() {
  session_->Call(FrameType::kFlush, 0, "", 0, [this](const Frame& frame) { Take(frame); });
}

void DestinationGuest::Commit(uint64_t sequence, const std::string& state, bool last) {
  Flush();
  uint64_t written = 0;
  session_->Call(FrameType::kCommit, sequence, state, last ? kFlagLast : 0,
                 [&](const Frame& frame) {
                   if (frame.type == FrameType::kReceipt) written = frame.argument;
                   Take(frame);
                 });
  if (written + rejected_ != sent_) {
    throw Broken{"commit " + std::to_string(sequence) + " does not balance: " +
                 std::to_string(sent_) + " records were sent, the receipt says " +
                 std::to_string(written) + ", and " + std::to_string(rejected_) + " were rejected"};
  }
  sent_ = rejected_ = 0;
}

void DestinationGuest::CommitAndKill(uint64_t sequence, const std::string& state) {
  Flush();
  session_->Send(FrameType::kCommit, sequence, state);
  session_->Kill();
}

std::string UsualMode(const Manifest& manifest) {
  for (const char* mode : {"append", "overwrite", "upsert", "history"}) {
    if (manifest.HasCapability(mode)) return mode;
  }
  return "append";
}

void RequireCommits(const Manifest& manifest) {
  if (!manifest.HasCapability("console")) return;
  throw Skipped{"the destination prints (capability 'console') and keeps no commits"};
}

}  // namespace connhost
