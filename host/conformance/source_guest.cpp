#include "host/conformance/source_guest.h"

#include <algorithm>

#include "base/error.h"
#include "base/time.h"
#include "host/run/call_requests.h"

namespace connhost {
namespace {

constexpr size_t kMostTasks = 16;

StreamTask TaskOf(const CatalogStream& stream, const std::string& sync) {
  StreamTask task;
  task.name = stream.name;
  task.sync = sync;
  task.mode = task.goes_on() ? "append" : "overwrite";
  task.key = stream.key;
  task.cursor = stream.cursor;
  return task;
}

// The rest of a read that was told to end.
void Drain(WorkerSession& session, ReadRecord* record) {
  const int64_t begin = SteadyMillis();
  session.Send(FrameType::kCancel, 0, "");
  try {
    session.AwaitResult();
  } catch (const GuestError& error) {
    if (error.kind() != ErrorKind::kCancelled) throw;
    record->ended_cancelled = true;
  }
  record->cancel_millis = SteadyMillis() - begin;
}

}  // namespace

SourceGuest::SourceGuest(CheckContext& context, const Json& config)
    : session_(context.Start(context.Spec(config))) {
  session_->Call(FrameType::kCreate, 0, WriteJson(config));
  session_->Call(FrameType::kAuthenticate, 0, "");
}

std::vector<std::string> SourceGuest::Discover() {
  std::vector<std::string> documents;
  session_->Call(FrameType::kDiscover, 0, "", 0, [&](const Frame& frame) {
    if (frame.type == FrameType::kStream) documents.emplace_back(frame.payload);
  });
  return documents;
}

ReadRecord SourceGuest::Read(const StreamTask& task, const std::string& state, bool keep_rows,
                             const GoOn& go_on) {
  ReadRecord record;
  ReadRecorder recorder(&record, keep_rows);
  const std::string request = ReadRequestText(task);
  session_->Send(FrameType::kRead, request.size(), request + state);
  while (true) {
    const Frame frame = session_->Receive();
    if (frame.type == FrameType::kResult) {
      session_->CheckResult(frame);
      return record;
    }
    recorder.Take(frame);
    if (!go_on || go_on(record)) continue;
    record.stopped = true;
    Drain(*session_, &record);
    return record;
  }
}

std::vector<StreamTask> TasksOf(CheckContext& context, const Json& config) {
  SourceGuest guest(context, config);
  std::vector<StreamTask> tasks;
  for (const std::string& document : guest.Discover()) {
    const CatalogStream stream = ReadCatalogStream(context.manifest().id, document);
    tasks.push_back(TaskOf(stream, "full"));
    if (stream.CanSync("incremental")) tasks.push_back(TaskOf(stream, "incremental"));
  }
  if (tasks.empty()) throw Skipped{"discover finds no stream with this configuration"};
  if (tasks.size() > kMostTasks) {
    std::shuffle(tasks.begin(), tasks.end(), context.random());
    tasks.resize(kMostTasks);
  }
  return tasks;
}

std::string TaskName(const StreamTask& task) {
  return "stream '" + task.name + "'" + (task.goes_on() ? ", " + task.sync : "");
}

}  // namespace connhost
