// connector_definitions.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "registry/sqlite/audit.h"
#include "registry/sqlite/definitions.h"
#include "registry/sqlite/generations.h"
#include "registry/sqlite/json_array.h"
#include "registry/sqlite/sqlite_registry.h"
#include "registry/sqlite/statement.h"
#include "registry/version_order.h"

namespace connhost {
namespace {

constexpr size_t kMostNamed = 10;  // connections that a refusal names

const std::string kSelect =
    "SELECT id, version, digest, kind, publisher, signer, abi, state_writes, state_reads, status, "
    "active, manifest, installed_at FROM connector_definitions ";

ConnectorDefinition ReadRow(const Statement& row) {
  return {.id = row.Text(0),
          .version = row.Text(1),
          .digest = row.Text(2),
          .kind = row.Text(3),
          .publisher = row.Text(4),
          .signer = row.Text(5),
          .abi = static_cast<int>(row.Int(6)),
          .state_writes = row.Text(7),
          .state_reads = FromJsonArray(row.Text(8), "connector_definitions.state_reads"),
          .status = row.Text(9),
          .active = row.Bool(10),
          .manifest = row.Text(11),
          .installed_at = row.Int(12)};
}

void Insert(Database& database, const ConnectorDefinition& row) {
  Statement(database,
            "INSERT INTO connector_definitions (id, version, digest, kind, publisher, signer, abi, "
            "state_writes, state_reads, status, active, manifest, installed_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
            row.id, row.version, row.digest, row.kind, row.publisher, row.signer, row.abi,
            row.state_writes, ToJsonArray(row.state_reads), row.status, row.manifest,
            OrNow(row.installed_at))
      .Run();
}

void RequireUnused(Database& database, const std::string& id, const std::string& version) {
  std::vector<std::string> users;
  size_t others = 0;
  Statement query(database,
                  "SELECT tenant || '/' || name FROM tenant_connections "
                  "WHERE source = ? OR destination = ? ORDER BY 1",
                  id, id);
  while (query.Step()) {
    if (users.size() < kMostNamed) {
      users.push_back(query.Text(0));
    } else {
      ++others;
    }
  }
  if (users.empty()) return;
  if (others > 0) users.push_back(std::to_string(others) + " more");
  throw Error(ErrorKind::kConfig,
              id + " " + version + " is the only installed version of a connector in use by " +
                  JoinWords(users) + "; install another version or remove these connections first");
}

void RequireNoPin(Database& database, const std::string& id, const std::string& version) {
  Statement query(database,
                  "SELECT tenant || CASE connection WHEN '' THEN '' ELSE '/' || connection END "
                  "FROM connector_pins WHERE connector = ? AND version = ? ORDER BY 1",
                  id, version);
  if (!query.Step()) return;
  throw Error(ErrorKind::kConfig, id + " " + version + " is pinned for " + query.Text(0) +
                                      "; give that up with 'connhost unpin' first");
}

void RequireRemovable(Database& database, const ConnectorDefinition& definition,
                      const std::vector<std::string>& left) {
  RequireNoPin(database, definition.id, definition.version);
  if (left.empty()) return RequireUnused(database, definition.id, definition.version);
  if (!definition.active) return;
  throw Error(ErrorKind::kConfig,
              definition.id + " " + definition.version + " is the active version, and " +
                  JoinWords(left) + (left.size() == 1 ? " is" : " are") +
                  " installed beside it; switch to one with 'connhost upgrade' first");
}

}  // namespace

void ActivateVersion(Database& database, const std::string& id, const std::string& version) {
  Statement(database, "UPDATE connector_definitions SET active = 0 WHERE id = ? AND active = 1", id)
      .Run();
  Statement(database, "UPDATE connector_definitions SET active = 1 WHERE id = ? AND version = ?",
            id, version)
      .Run();
}

void SqliteRegistry::AddDefinition(const ConnectorDefinition& definition, const AuditEntry& audit) {
  Transaction transaction(database_);
  const auto present = FindDefinition(definition.id, definition.version);
  if (present && present->digest != definition.digest) {
    throw Error(ErrorKind::kPolicy,
                definition.id + " " + definition.version + " is installed with digest " +
                    present->digest + ", this package has " + definition.digest +
                    ": a version never changes its content; give the package a new version");
  }
  if (present) return;
  Insert(database_, definition);
  if (!ActiveDefinition(definition.id)) {
    ActivateVersion(database_, definition.id, definition.version);
    Generation first;
    first.scope.connector = definition.id;
    first.version = definition.version;
    first.digest = definition.digest;
    first.kind = "install";
    first.actor = audit.actor;
    first.reason = audit.reason;
    InsertGeneration(database_, first);
  }
  AppendAudit(database_, audit);
  transaction.Commit();
}

std::optional<ConnectorDefinition> SqliteRegistry::FindDefinition(const std::string& id,
                                                                  const std::string& version) {
  Statement query(database_, kSelect + "WHERE id = ? AND version = ?", id, version);
  if (!query.Step()) return std::nullopt;
  return ReadRow(query);
}

std::optional<ConnectorDefinition> SqliteRegistry::ActiveDefinition(const std::string& id) {
  Statement query(database_, kSelect + "WHERE id = ? AND active = 1", id);
  if (!query.Step()) return std::nullopt;
  return ReadRow(query);
}

std::vector<ConnectorDefinition> SqliteRegistry::ListDefinitions() {
  std::vector<ConnectorDefinition> definitions;
  Statement query(database_, kSelect);
  while (query.Step()) definitions.push_back(ReadRow(query));
  std::sort(definitions.begin(), definitions.end(), [](const auto& left, const auto& right) {
    if (left.id != right.id) return left.id < right.id;
    return CompareVersions(left.version, right.version) < 0;
  });
  return definitions;
}

std::vector<std::string> SqliteRegistry::ListVersions(const std::string& id) {
  std::vector<std::string> versions;
  Statement query(database_, "SELECT version FROM connector_definitions WHERE id = ?", id);
  while (query.Step()) versions.push_back(query.Text(0));
  std::sort(versions.begin(), versions.end(),
            [](const std::string& left, const std::string& right) {
              return CompareVersions(left, right) < 0;
            });
  return versions;
}

void SqliteRegistry::RemoveDefinition(const std::string& id, const std::string& version,
                                      const AuditEntry& audit) {
  Transaction transaction(database_);
  const auto removed = FindDefinition(id, version);
  std::vector<std::string> left = ListVersions(id);
  if (!removed) {
    throw Error(ErrorKind::kConfig, id + " " + version + " is not installed" +
                                        (left.empty() ? std::string("; no version of it is")
                                                      : "; installed of it: " + JoinWords(left)));
  }
  std::erase(left, version);
  RequireRemovable(database_, *removed, left);
  Statement(database_, "DELETE FROM connector_definitions WHERE id = ? AND version = ?", id,
            version)
      .Run();
  AppendAudit(database_, audit);
  transaction.Commit();
}

void SqliteRegistry::SetDefinitionStatus(const std::string& id, const std::string& version,
                                         const std::string& status, const AuditEntry& audit) {
  Transaction transaction(database_);
  const auto definition = FindDefinition(id, version);
  if (!definition) throw Error(ErrorKind::kConfig, id + " " + version + " is not installed");
  if (definition->status == status) return;
  Statement(database_, "UPDATE connector_definitions SET status = ? WHERE id = ? AND version = ?",
            status, id, version)
      .Run();
  AppendAudit(database_, audit);
  transaction.Commit();
}

}  // namespace connhost
