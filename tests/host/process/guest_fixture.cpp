#include "tests/host/process/guest_fixture.h"

#include <fcntl.h>
#include <sys/wait.h>

#include <cerrno>
#include <filesystem>

#include "base/hash.h"
#include "host/wire/schema.h"

namespace connhost {
namespace {

size_t CountEntries(const std::filesystem::path& folder) {
  return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

}  // namespace

std::string ConfigOf(const Options& options) {
  std::string config = "{";
  for (const auto& [key, value] : options) {
    if (config.size() > 1) config += ',';
    config += "\"" + key + "\":\"" + value + "\"";
  }
  return config + "}";
}

void GuestTest::SetUp() {
  descriptors_ = CountEntries("/proc/self/fd");
}

void GuestTest::TearDown() {
  EXPECT_EQ(CountEntries("/proc/self/fd"), descriptors_) << "a descriptor was left open";
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child was left";
  EXPECT_EQ(errno, ECHILD);
  EXPECT_EQ(CountEntries(scratch_.path()), 0U) << "a scratch folder was left";
}

WorkerSpec GuestTest::Spec(const std::string& plugin, WorkerRole role) const {
  WorkerSpec spec;
  spec.worker_program = WORKER_PROGRAM;
  spec.connector = plugin;
  spec.library = std::string(PLUGIN_FOLDER) + "/" + plugin + ".so";
  spec.library_sha256 = Sha256OfFd(OpenFile(spec.library, O_RDONLY).get(), spec.library);
  spec.role = role;
  spec.limits.idle_timeout_seconds = 20;
  spec.scratch_parent = scratch_.path();
  return spec;
}

WorkerSession::LineSink GuestTest::Sink() {
  return [this](const GuestLine& line) { lines_.push_back(line); };
}

Outcome GuestTest::Read(const std::string& plugin, const Options& options) {
  return Read(Spec(plugin), options);
}

Outcome GuestTest::Read(const WorkerSpec& spec, const Options& options) {
  return OutcomeOf([&] {
    WorkerSession session(spec, -1, Sink());
    StartReading(session, options);
    session.AwaitResult();
    const GuestExit exit = session.Close(std::chrono::seconds(10));
    EXPECT_TRUE(exit.clean) << exit.sentence;
  });
}

Outcome OutcomeOf(const std::function<void()>& body) {
  try {
    body();
  } catch (const GuestFault& fault) {
    return {"fault", fault.what()};
  } catch (const Error& error) {
    return {ErrorKindName(error.kind()), error.what()};
  }
  return {};
}

void StartReading(WorkerSession& session, const Options& options, const std::string& state) {
  const std::string request = R"({"stream":"numbers","sync":"full"})";
  session.Call(FrameType::kCreate, 0, ConfigOf(options));
  session.Send(FrameType::kRead, request.size(), request + state);
}

std::string OpenDestination(WorkerSession& session, const Options& options) {
  Schema schema;
  schema.columns = {{"id", ColumnType::kInt64, false}, {"more", ColumnType::kInt64, false}};
  session.Call(FrameType::kCreate, 0, ConfigOf(options));
  session.Call(FrameType::kSchema, 2, EncodeSchema(schema));
  std::string batch(32 + 2 * 24 + 2 * 8, '\0');
  batch[0] = 1;                         // rows
  batch[4] = 2;                         // columns
  batch[32 + 16] = batch[56 + 16] = 8;  // bytes of data of each
  return batch;
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace connhost
