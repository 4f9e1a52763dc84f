#include "tests/registry/contract.h"

#include "tests/registry/sqlite_file.h"

namespace connhost {

ConnectorDefinition CsvDefinition(const std::string& version) {
  ConnectorDefinition definition;
  definition.id = "csv";
  definition.version = version;
  definition.digest = std::string(64, 'a');
  definition.kind = "source";
  definition.publisher = "connhost";
  definition.state_writes = "csv/2";
  definition.state_reads = {"csv/1", "csv/2"};
  definition.manifest = R"({"id":"csv"})";
  return definition;
}

TenantConnection Connection(const std::string& tenant, const std::string& name) {
  TenantConnection connection;
  connection.tenant = tenant;
  connection.name = name;
  connection.source = "csv";
  connection.destination = "bronze";
  connection.document = "{}";
  return connection;
}

ConnectorRun NewRun(const std::string& id, const std::string& connection) {
  ConnectorRun run;
  run.id = id;
  run.tenant = "acme";
  run.connection = connection;
  run.source_version = "csv@1.0.0";
  run.destination_version = "bronze@1.0.0";
  return run;
}

StreamState State(const Fence& fence, uint64_t sequence, const std::string& state) {
  StreamState row;
  row.tenant = fence.tenant;
  row.connection = fence.connection;
  row.stream = "orders";
  row.run_id = fence.run_id;
  row.sequence = sequence;
  row.state = state;
  row.state_format = "csv/2";
  return row;
}

StreamSchema Schema(const std::string& stream, const std::string& schema) {
  StreamSchema row;
  row.tenant = "acme";
  row.connection = "orders";
  row.stream = stream;
  row.schema = schema;
  return row;
}

Fence Begin(Registry& registry, const std::string& id, const std::string& connection) {
  const LeaseAnswer answer =
      registry.BeginRun(NewRun(id, connection), LeaseHolder::Current(), kLease);
  if (!answer.fence) throw std::logic_error("the lease is held by " + answer.held_by_run);
  return *answer.fence;
}

void WholeRun(Registry& registry, const std::string& id, uint64_t sequence) {
  const Fence fence = Begin(registry, id);
  registry.CommitState(fence, State(fence, sequence, "\"" + id + "\""));
  Finish(registry, fence);
}

void Finish(Registry& registry, const Fence& fence, RunStatus status) {
  ConnectorRun run = NewRun(fence.run_id, fence.connection);
  run.status = status;
  registry.FinishRun(fence, run);
}

void ExpectError(ErrorKind kind, const std::string& part, const std::function<void()>& action) {
  try {
    action();
    ADD_FAILURE() << "no Error; expected one with '" << part << "'";
  } catch (const Error& error) {
    EXPECT_STREQ(ErrorKindName(error.kind()), ErrorKindName(kind)) << error.what();
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(Backends, RegistryContract,
                         testing::Values(Backend{
                             "Sqlite",
                             [](const auto& folder) {
                               return OpenSqliteRegistry((folder / "registry.db").string());
                             },
                             [](const auto& folder) { CheckSqliteFile(folder / "registry.db"); }}),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace connhost
