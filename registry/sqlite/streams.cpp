// stream_registry.
#include "registry/sqlite/sqlite_registry.h"
#include "registry/sqlite/statement.h"

namespace connhost {
namespace {

const std::string kSelect =
    "SELECT tenant, connection, stream, version, schema, discovered_at "
    "FROM stream_registry AS one ";

StreamSchema ReadRow(const Statement& row) {
  return {.tenant = row.Text(0),
          .connection = row.Text(1),
          .stream = row.Text(2),
          .version = static_cast<int>(row.Int(3)),
          .schema = row.Text(4),
          .discovered_at = row.Int(5)};
}

std::vector<StreamSchema> ReadAll(Statement& query) {
  std::vector<StreamSchema> streams;
  while (query.Step()) streams.push_back(ReadRow(query));
  return streams;
}

// The newest version; version 0 when there is none.
StreamSchema Newest(Database& database, const StreamSchema& stream) {
  Statement query(database,
                  kSelect +
                      "WHERE tenant = ? AND connection = ? AND stream = ? "
                      "ORDER BY version DESC LIMIT 1",
                  stream.tenant, stream.connection, stream.stream);
  return query.Step() ? ReadRow(query) : StreamSchema();
}

bool IsSame(const StreamSchema& newest, const StreamSchema& stream) {
  return newest.version > 0 && newest.schema == stream.schema;
}

}  // namespace

int SqliteRegistry::PutStream(const StreamSchema& stream) {
  // The usual case takes no lock and writes nothing.
  if (const auto newest = Newest(database_, stream); IsSame(newest, stream)) return newest.version;
  Transaction transaction(database_);
  const StreamSchema newest = Newest(database_, stream);
  if (IsSame(newest, stream)) return newest.version;
  Statement(database_,
            "INSERT INTO stream_registry (tenant, connection, stream, version, schema, "
            "discovered_at) VALUES (?, ?, ?, ?, ?, ?)",
            stream.tenant, stream.connection, stream.stream, newest.version + 1, stream.schema,
            OrNow(stream.discovered_at))
      .Run();
  transaction.Commit();
  return newest.version + 1;
}

std::vector<StreamSchema> SqliteRegistry::ListStreams(const std::string& tenant,
                                                      const std::string& connection) {
  Statement query(database_,
                  kSelect +
                      "WHERE tenant = ? AND connection = ? AND version = "
                      "(SELECT max(version) FROM stream_registry AS other WHERE "
                      "other.tenant = one.tenant AND other.connection = one.connection "
                      "AND other.stream = one.stream) ORDER BY stream",
                  tenant, connection);
  return ReadAll(query);
}

std::vector<StreamSchema> SqliteRegistry::StreamHistory(const std::string& tenant,
                                                        const std::string& connection,
                                                        const std::string& stream) {
  Statement query(database_,
                  kSelect + "WHERE tenant = ? AND connection = ? AND stream = ? ORDER BY version",
                  tenant, connection, stream);
  return ReadAll(query);
}

}  // namespace connhost
