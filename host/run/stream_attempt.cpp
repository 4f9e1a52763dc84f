#include "host/run/stream_attempt.h"

#include <algorithm>
#include <chrono>
#include <connhost/json_scanner.hpp>

#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "host/run/call_requests.h"
#include "host/run/decoded.h"

namespace connhost {
namespace {

// A state is one JSON document, or the source is at fault; its size was checked with the frame.
void CheckState(const std::string& connector, std::string_view state) {
  if (sdk::IsJson(state) && IsValidUtf8(state)) return;
  throw Error(ErrorKind::kInternal,
              "connector '" + connector +
                  "' recorded a checkpoint whose state is no JSON document: " + ShownText(state));
}

int64_t SteadyMicros() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

}  // namespace

StreamAttempt::StreamAttempt(const RunContext& context, const StreamTask& task, bool full,
                             StreamFigures* figures, StreamProgress* progress)
    : context_(context),
      task_(task),
      full_(full),
      figures_(*figures),
      progress_(*progress),
      dead_letters_(
          context.home.dead_letters() / context.connection.tenant / context.connection.name,
          task.name, context.fence.run_id) {}

StreamAttempt::~StreamAttempt() {
  EndGuests(&WorkerSession::Kill);
}

WorkerSession::LineSink StreamAttempt::Lines(const std::string& connector) {
  return [this, connector](const GuestLine& line) {
    const std::string origin = line.origin == "log" ? connector : connector + " " + line.origin;
    context_.log.Write(line.level, task_.name, origin, line.text);
  };
}

void StreamAttempt::Run() {
  ++figures_.attempts;
  OpenGuests();
  ChooseStartPoint();
  StartReading();
  Pump();
  Finish();
  EndGuests([](WorkerSession& guest) { return guest.Close(std::chrono::seconds(1)); });
}

// Both at once: a run that finds nothing new is mostly the start of its guests.
void StreamAttempt::OpenGuests() {
  const Endpoint& source = context_.source;
  const Endpoint& destination = context_.destination;
  destination_ = WorkerSession::Start(destination.worker, context_.stop.force_fd(),
                                      Lines(destination.definition.id), context_.options.console);
  source_ =
      WorkerSession::Start(source.worker, context_.stop.request_fd(), Lines(source.definition.id));
  destination_->AwaitReady();
  destination_->Send(FrameType::kCreate, 0, destination.config);
  source_->AwaitReady();
  source_->Send(FrameType::kCreate, 0, source.config);
  for (WorkerSession* guest : {destination_.get(), source_.get()}) {
    guest->AwaitResult();
    guest->Send(FrameType::kAuthenticate, 0, "");
  }
  destination_->AwaitResult();
  source_->AwaitResult();
}

std::optional<DestinationCommit> StreamAttempt::Recover(bool restart) {
  std::optional<DestinationCommit> committed;
  const WriteTarget target{context_.connection.tenant, context_.connection.name,
                           context_.source.Versioned(), context_.fence.run_id, restart};
  destination_->Call(
      FrameType::kRecover, 0, RecoverRequestText(target, task_), 0, [&](const Frame& frame) {
        if (frame.type != FrameType::kRecovered) return;
        committed = UnwrapCommit(context_.destination.Versioned(), frame.argument, frame.payload);
      });
  return committed;
}

void StreamAttempt::ChooseStartPoint() {
  const ConnectionSpec& connection = context_.connection;
  const auto known = context_.registry.CurrentState(connection.tenant, connection.name, task_.name);
  const std::vector<std::string>& readable = context_.source.manifest.state_reads;
  const bool foreign =
      known && !known->state_format.empty() && !known->state.empty() &&
      std::find(readable.begin(), readable.end(), known->state_format) == readable.end();
  if (foreign) {
    throw Error(ErrorKind::kConfig, "stream '" + task_.name + "': its state has the format '" +
                                        known->state_format + "', which " +
                                        context_.source.Versioned() +
                                        " cannot read; run with --full to read everything again");
  }
  start_ = ChooseStart(task_, full_, known, Recover(false),
                       !context_.destination.manifest.HasCapability("console"));
  sequence_ = start_.sequence;
  if (start_.adopt) RecordState(start_.state, start_.complete);
  if (start_.restart && task_.mode == "overwrite") Recover(true);
  dead_letters_.Recover(sequence_);
  since_ = SteadyMillis();
}

void StreamAttempt::StartReading() {
  const std::string request = ReadRequestText(task_);
  source_->Send(FrameType::kRead, request.size(), request + start_.state);
  source_->WatchCancel(context_.stop.request_fd(), false);
}

void StreamAttempt::Pump() {
  while (true) {
    try {
      if (!Handle(source_->Receive())) return;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kCancelled || stopping_) throw;
      StopAtNextCheckpoint();
    }
  }
}

// The source is read on until its next checkpoint, so that what was read so far is kept; the force
// signal bounds the wait.
void StreamAttempt::StopAtNextCheckpoint() {
  stopping_ = true;
  source_->WatchCancel(context_.stop.force_fd());
  if (!at_checkpoint_) return;
  if (new_state_ || records_ > 0) Commit(false);
  throw Error(ErrorKind::kCancelled, "stopped on request; what was committed stays");
}

bool StreamAttempt::Handle(const Frame& frame) {
  switch (frame.type) {
    case FrameType::kSchema:
      OnSchema(frame);
      return true;
    case FrameType::kBatch:
      OnBatch(frame);
      return true;
    case FrameType::kCheckpoint:
      OnCheckpoint(frame);
      return true;
    case FrameType::kReject:
      OnSourceReject(frame);
      return true;
    case FrameType::kProgress:
      progress_.done = frame.argument;
      progress_.total = DecodeU64(frame.payload);
      return true;
    case FrameType::kResult:
      source_->CheckResult(frame);
      return false;
    default:
      throw GuestFault("connector '" + context_.source.definition.id + "' sent a " +
                       FrameTypeName(frame.type) + " frame during a read");
  }
}

void StreamAttempt::OnSchema(const Frame& frame) {
  schema_ = Decoded(context_.source, [&] { return DecodeSchema(frame.payload, frame.argument); });
  std::vector<std::string> needed = task_.key;
  if (!task_.cursor.empty()) needed.push_back(task_.cursor);
  for (const std::string& column : needed) {
    if (schema_.Find(column) >= 0) continue;
    throw Error(ErrorKind::kConfig,
                "stream '" + task_.name + "': the column '" + column +
                    "' that the connection names as key or cursor is not in it");
  }
  has_schema_ = true;
  guard_ = std::make_unique<DocumentGuard>(schema_);
  destination_->Call(FrameType::kSchema, frame.argument, frame.payload, 0,
                     [this](const Frame& each) { OnDestinationFrame(each); });
}

void StreamAttempt::OnBatch(const Frame& frame) {
  const int64_t begin = SteadyMicros();
  if (!has_schema_) {
    throw GuestFault("connector '" + context_.source.definition.id +
                     "' sent a batch before its schema");
  }
  Decoded(context_.source, [&] { DecodeBatch(frame.payload, schema_, &batch_); });
  StampBatch(const_cast<char*>(frame.payload.data()), NowMicros());  // the channel's own buffer
  const std::vector<BadDocument>& bad = guard_->Check(batch_);
  figures_.pipeline_micros += SteadyMicros() - begin;
  records_ += batch_.rows;
  bytes_ += frame.payload.size();
  ++batches_;
  at_checkpoint_ = false;
  if (bad.empty()) {
    destination_->Send(FrameType::kBatch, sequence_ + 1, frame.payload);
  } else {
    SendFiltered(bad);
  }
  while (const auto answer = destination_->Poll()) OnDestinationFrame(*answer);
  progress_.records += batch_.rows - bad.size();
  progress_.bytes += frame.payload.size();
}

void StreamAttempt::SendFiltered(const std::vector<BadDocument>& bad) {
  std::vector<uint32_t> keep;
  auto next = bad.begin();
  for (uint32_t row = 0; row < batch_.rows; ++row) {
    if (next == bad.end() || next->row != row) {
      keep.push_back(row);
      continue;
    }
    const Column& column = schema_.columns[next->column];
    const bool number = column.type == ColumnType::kNumber;
    dead_letters_.Add({batch_.origin, batch_.first == 0 ? 0 : batch_.first + row,
                       number ? "invalid_number" : "invalid_json",
                       "column '" + column.name + "' does not hold one valid JSON " +
                           (number ? "number" : "document on one line"),
                       batch_.columns[next->column].Text(row), "connhost"});
    ++rejected_;
    ++progress_.rejected;
    ++next;
  }
  if (keep.empty()) return;
  destination_->Send(FrameType::kBatch, sequence_ + 1, SelectRows(batch_, schema_, keep));
}

void StreamAttempt::OnSourceReject(const Frame& frame) {
  const RejectPayload reject =
      Decoded(context_.source, [&] { return DecodeReject(frame.payload); });
  dead_letters_.Add({reject.origin, frame.argument, reject.code, reject.reason, reject.raw,
                     context_.source.Versioned()});
  ++records_;
  ++rejected_;
  ++progress_.rejected;
  at_checkpoint_ = false;
}

void StreamAttempt::OnDestinationFrame(const Frame& frame) {
  if (frame.type == FrameType::kReject) {
    const RejectPayload reject =
        Decoded(context_.destination, [&] { return DecodeReject(frame.payload); });
    dead_letters_.Add({reject.origin, frame.argument, reject.code, reject.reason, reject.raw,
                       context_.destination.Versioned()});
    ++rejected_;
    ++progress_.rejected;
    return;
  }
  if (frame.type == FrameType::kResult) destination_->CheckResult(frame);
}

void StreamAttempt::OnCheckpoint(const Frame& frame) {
  CheckState(context_.source.definition.id, frame.payload);
  new_state_ = new_state_ || state_ != frame.payload;
  state_ = frame.payload;
  at_checkpoint_ = true;
  if (stopping_) {
    Commit(false);
    throw Error(ErrorKind::kCancelled, "stopped on request; what was committed stays");
  }
  if (CommitIsDue()) Commit(false);
}

bool StreamAttempt::CommitIsDue() const {
  if (records_ == 0) return false;
  return bytes_ >= context_.options.commit_bytes || records_ >= context_.options.commit_records ||
         SteadyMillis() - since_ >= context_.options.commit_millis;
}

void StreamAttempt::Commit(bool last) {
  const bool complete = last && !task_.goes_on();
  // Every rejection of the batches sent so far is here before the dead letters are closed.
  destination_->Call(FrameType::kFlush, 0, "", 0,
                     [this](const Frame& frame) { OnDestinationFrame(frame); });
  dead_letters_.Commit(sequence_ + 1);
  uint64_t written = 0;
  uint64_t stored = 0;
  destination_->Call(FrameType::kCommit, sequence_ + 1, WrapState(state_, complete),
                     last ? kFlagLast : 0, [&](const Frame& frame) {
                       if (frame.type != FrameType::kReceipt) return OnDestinationFrame(frame);
                       written = frame.argument;
                       stored = DecodeU64(frame.payload);
                     });
  if (written + rejected_ != records_) {
    throw Error(ErrorKind::kInternal,
                "stream '" + task_.name + "' does not balance at commit " +
                    std::to_string(sequence_ + 1) + " of " + context_.destination.Versioned() +
                    ": read " + std::to_string(records_) + ", but written " +
                    std::to_string(written) + " and dead letters " + std::to_string(rejected_));
  }
  ++sequence_;
  RecordState(state_, complete);
  figures_.records_read += records_;
  figures_.records_written += written;
  figures_.records_rejected += rejected_;
  figures_.bytes_read += bytes_;
  figures_.bytes_written += stored;
  figures_.batches += batches_;
  ++figures_.commits;
  records_ = rejected_ = bytes_ = batches_ = 0;
  since_ = SteadyMillis();
  new_state_ = false;
  committed_ = true;
}

void StreamAttempt::RecordState(const std::string& state, bool complete) {
  const ConnectionSpec& connection = context_.connection;
  context_.registry.CommitState(
      context_.fence,
      {connection.tenant, connection.name, task_.name, context_.fence.run_id, sequence_, state,
       context_.source.manifest.state_writes, complete, NowMicros()});
  figures_.sequence = sequence_;
}

void StreamAttempt::Finish() {
  if (!at_checkpoint_) {
    throw GuestFault(
        "connector '" + context_.source.definition.id +
        "' ended the read without a checkpoint after its last records, so the next run "
        "could not go on from there");
  }
  const bool nothing_new =
      task_.goes_on() && records_ == 0 && (!new_state_ || state_ == start_.state);
  if (nothing_new) return;
  if (!has_schema_) OpenWithoutSchema();
  Commit(true);
}

// A source may end without ever naming columns; the destination still has to empty an overwrite.
void StreamAttempt::OpenWithoutSchema() {
  destination_->Call(FrameType::kSchema, 0, "");
}

void StreamAttempt::EndGuests(const std::function<GuestExit(WorkerSession&)>& end) {
  uint64_t peak = 0;
  if (source_ != nullptr) {
    figures_.wait_source_micros += source_->receive_wait_micros();
    const GuestExit exit = end(*source_);
    figures_.guest_cpu_seconds += exit.cpu_seconds;
    peak += exit.peak_memory_bytes;
  }
  if (destination_ != nullptr) {
    figures_.wait_destination_micros +=
        destination_->send_wait_micros() + destination_->receive_wait_micros();
    const GuestExit exit = end(*destination_);
    figures_.guest_cpu_seconds += exit.cpu_seconds;
    peak += exit.peak_memory_bytes;
  }
  source_.reset();
  destination_.reset();
  figures_.guest_peak_bytes = std::max(figures_.guest_peak_bytes, peak);
}

}  // namespace connhost
