// One attempt at one stream: source worker -> host -> destination worker, from the last commit on.
//
//   recover the destination, choose the start, read; for each batch: check, send on; at a
//   checkpoint that is due: dead letters durable, destination durable (with the state), registry.
//   In that order, so that a crash between any two steps loses nothing and doubles nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "host/pipeline/dead_letters.h"
#include "host/pipeline/document_guard.h"
#include "host/process/worker_session.h"
#include "host/run/catalog.h"
#include "host/run/endpoint.h"
#include "host/run/run_log.h"
#include "host/run/run_options.h"
#include "host/run/start_point.h"
#include "host/run/stop_signal.h"
#include "host/run/stream_figures.h"

namespace connhost {

// What all streams of a run share; borrowed. `registry` belongs to the calling thread.
struct RunContext {
  const ConnectionSpec& connection;
  const Endpoint& source;
  const Endpoint& destination;
  const Fence& fence;
  const RunOptions& options;
  const Home& home;
  const StopSignal& stop;
  Registry& registry;
  RunLog& log;
};

class StreamAttempt {
 public:
  StreamAttempt(const RunContext& context, const StreamTask& task, bool full,
                StreamFigures* figures, StreamProgress* progress);
  ~StreamAttempt();

  // Reads to the end and commits. Throws what ended the attempt; what was committed stays.
  void Run();

  // True when this attempt committed anything: the next one starts further on.
  bool made_progress() const { return committed_; }

 private:
  void OpenGuests();
  std::optional<DestinationCommit> Recover(bool restart);
  void ChooseStartPoint();
  void StartReading();
  void Pump();
  bool Handle(const Frame& frame);  // false: the read has ended
  void OnSchema(const Frame& frame);
  void OnBatch(const Frame& frame);
  void OnCheckpoint(const Frame& frame);
  void OnSourceReject(const Frame& frame);
  void OnDestinationFrame(const Frame& frame);
  void SendFiltered(const std::vector<BadDocument>& bad);
  void OpenWithoutSchema();
  void Finish();
  bool CommitIsDue() const;
  void Commit(bool last);
  void RecordState(const std::string& state, bool complete);
  void StopAtNextCheckpoint();
  WorkerSession::LineSink Lines(const std::string& connector);
  void EndGuests(const std::function<GuestExit(WorkerSession&)>& end);

  const RunContext& context_;
  const StreamTask& task_;
  const bool full_;
  StreamFigures& figures_;
  StreamProgress& progress_;
  DeadLetterWriter dead_letters_;

  std::unique_ptr<WorkerSession> source_;
  std::unique_ptr<WorkerSession> destination_;
  StartPoint start_;
  Schema schema_;
  bool has_schema_ = false;
  std::unique_ptr<DocumentGuard> guard_;
  BatchView batch_;

  // Since the last commit.
  uint64_t records_ = 0;   // read: emitted, rejected by the source, or refused here
  uint64_t rejected_ = 0;  // of those
  uint64_t bytes_ = 0;
  uint64_t batches_ = 0;
  int64_t since_ = 0;  // steady milliseconds

  uint64_t sequence_ = 0;
  std::string state_;          // of the last checkpoint
  bool new_state_ = false;     // state_ differs from what was committed
  bool at_checkpoint_ = true;  // nothing was read after the last checkpoint
  bool stopping_ = false;
  bool committed_ = false;
};

}  // namespace connhost
