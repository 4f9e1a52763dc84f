#include "registry/sqlite/migration_0001.h"

namespace connhost {

const char kMigration0001[] = R"sql(
CREATE TABLE schema_migrations (
  version    INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE connector_definitions (
  id           TEXT NOT NULL CHECK (id <> ''),
  version      TEXT NOT NULL CHECK (version <> ''),
  digest       TEXT NOT NULL CHECK (length(digest) = 64 AND digest NOT GLOB '*[^0-9a-f]*'),
  kind         TEXT NOT NULL CHECK (kind IN ('source', 'destination', 'both')),
  publisher    TEXT NOT NULL,
  signer       TEXT NOT NULL,
  abi          INTEGER NOT NULL CHECK (abi >= 1),
  state_writes TEXT NOT NULL,
  state_reads  TEXT NOT NULL CHECK (json_type(state_reads) = 'array'),
  status       TEXT NOT NULL CHECK (status IN ('installed', 'deprecated', 'broken')),
  active       INTEGER NOT NULL CHECK (active IN (0, 1)),
  manifest     TEXT NOT NULL,
  installed_at INTEGER NOT NULL CHECK (installed_at > 0),
  PRIMARY KEY (id, version)
) STRICT;
CREATE UNIQUE INDEX connector_definitions_active ON connector_definitions (id) WHERE active = 1;

CREATE TABLE tenant_connections (
  tenant      TEXT NOT NULL CHECK (tenant <> ''),
  name        TEXT NOT NULL CHECK (name <> ''),
  source      TEXT NOT NULL CHECK (source <> ''),
  destination TEXT NOT NULL CHECK (destination <> ''),
  enabled     INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  document    TEXT NOT NULL,
  created_at  INTEGER NOT NULL CHECK (created_at > 0),
  updated_at  INTEGER NOT NULL CHECK (updated_at > 0),
  PRIMARY KEY (tenant, name)
) STRICT;

CREATE TABLE connector_runs (
  id                  TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  tenant              TEXT NOT NULL CHECK (tenant <> ''),
  connection          TEXT NOT NULL CHECK (connection <> ''),
  status              TEXT NOT NULL CHECK (status IN
                        ('running', 'succeeded', 'partial', 'failed', 'cancelled', 'abandoned')),
  source_version      TEXT NOT NULL,
  source_digest       TEXT NOT NULL,
  destination_version TEXT NOT NULL,
  destination_digest  TEXT NOT NULL,
  started_at          INTEGER NOT NULL CHECK (started_at > 0),
  finished_at         INTEGER NOT NULL CHECK ((status = 'running') = (finished_at = 0)),
  cause_kind          TEXT NOT NULL,
  cause               TEXT NOT NULL,
  metrics             TEXT NOT NULL CHECK (json_valid(metrics)),
  cost                TEXT NOT NULL CHECK (json_valid(cost))
) STRICT;
CREATE INDEX connector_runs_time ON connector_runs (started_at, id);
CREATE INDEX connector_runs_connection ON connector_runs (tenant, connection, started_at, id);
CREATE INDEX connector_runs_status ON connector_runs (status, started_at, id);

CREATE TABLE connection_leases (
  tenant        TEXT NOT NULL,
  connection    TEXT NOT NULL,
  token         INTEGER NOT NULL CHECK (token >= 1),
  run_id        TEXT REFERENCES connector_runs (id),
  boot_id       TEXT NOT NULL,
  pid_namespace INTEGER NOT NULL,
  pid           INTEGER NOT NULL,
  pid_start     INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant, connection)
) STRICT;

CREATE TABLE connector_run_state (
  id           INTEGER PRIMARY KEY,
  tenant       TEXT NOT NULL CHECK (tenant <> ''),
  connection   TEXT NOT NULL CHECK (connection <> ''),
  stream       TEXT NOT NULL CHECK (stream <> ''),
  run_id       TEXT REFERENCES connector_runs (id),
  current      INTEGER NOT NULL CHECK (current IN (0, 1)),
  sequence     INTEGER NOT NULL CHECK (sequence >= 0),
  state        TEXT NOT NULL,
  state_format TEXT NOT NULL,
  complete     INTEGER NOT NULL CHECK (complete IN (0, 1)),
  updated_at   INTEGER NOT NULL CHECK (updated_at > 0),
  UNIQUE (tenant, connection, stream, run_id)
) STRICT;
CREATE UNIQUE INDEX connector_run_state_current
  ON connector_run_state (tenant, connection, stream) WHERE current = 1;
CREATE INDEX connector_run_state_run ON connector_run_state (run_id);

CREATE TABLE stream_registry (
  tenant        TEXT NOT NULL CHECK (tenant <> ''),
  connection    TEXT NOT NULL CHECK (connection <> ''),
  stream        TEXT NOT NULL CHECK (stream <> ''),
  version       INTEGER NOT NULL CHECK (version >= 1),
  schema        TEXT NOT NULL CHECK (json_valid(schema)),
  discovered_at INTEGER NOT NULL CHECK (discovered_at > 0),
  PRIMARY KEY (tenant, connection, stream, version)
) STRICT;

CREATE TABLE compat_alerts (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant      TEXT NOT NULL,
  connection  TEXT NOT NULL,
  stream      TEXT NOT NULL,
  severity    TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'breaking')),
  kind        TEXT NOT NULL CHECK (kind <> ''),
  message     TEXT NOT NULL,
  details     TEXT NOT NULL CHECK (json_valid(details)),
  created_at  INTEGER NOT NULL CHECK (created_at > 0),
  resolved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX compat_alerts_open ON compat_alerts (id) WHERE resolved_at = 0;
)sql";

}  // namespace connhost
