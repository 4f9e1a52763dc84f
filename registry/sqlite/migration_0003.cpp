#include "registry/sqlite/migration_0003.h"

namespace connhost {

const char kMigration0003[] = R"sql(
CREATE TABLE connector_generations (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  connector  TEXT NOT NULL CHECK (connector <> ''),
  tenant     TEXT NOT NULL,
  connection TEXT NOT NULL CHECK (connection = '' OR tenant <> ''),
  version    TEXT NOT NULL,
  digest     TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('install', 'upgrade', 'rollback', 'pin', 'unpin')),
  previous   INTEGER REFERENCES connector_generations (id),
  actor      TEXT NOT NULL,
  reason     TEXT NOT NULL,
  created_at INTEGER NOT NULL CHECK (created_at > 0)
) STRICT;
CREATE INDEX connector_generations_scope
  ON connector_generations (connector, tenant, connection, id);

CREATE TABLE connector_generation_states (
  generation   INTEGER NOT NULL REFERENCES connector_generations (id),
  tenant       TEXT NOT NULL,
  connection   TEXT NOT NULL,
  stream       TEXT NOT NULL,
  sequence     INTEGER NOT NULL,
  state        TEXT NOT NULL,
  state_format TEXT NOT NULL,
  complete     INTEGER NOT NULL CHECK (complete IN (0, 1)),
  PRIMARY KEY (generation, tenant, connection, stream)
) STRICT;

CREATE TABLE connector_pins (
  connector  TEXT NOT NULL CHECK (connector <> ''),
  tenant     TEXT NOT NULL CHECK (tenant <> ''),
  connection TEXT NOT NULL,
  version    TEXT NOT NULL,
  PRIMARY KEY (connector, tenant, connection),
  FOREIGN KEY (connector, version) REFERENCES connector_definitions (id, version)
) STRICT;

CREATE TABLE publisher_keys (
  id         TEXT PRIMARY KEY CHECK (length(id) = 16 AND id NOT GLOB '*[^0-9A-F]*'),
  public_key TEXT NOT NULL CHECK (public_key <> ''),
  prefixes   TEXT NOT NULL CHECK (json_type(prefixes) = 'array'),
  comment    TEXT NOT NULL,
  added_at   INTEGER NOT NULL CHECK (added_at > 0),
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER NOT NULL,
  successor  TEXT NOT NULL
) STRICT;

CREATE TABLE catalogs (
  name     TEXT PRIMARY KEY CHECK (name <> ''),
  location TEXT NOT NULL CHECK (location <> ''),
  key_id   TEXT NOT NULL,
  serial   INTEGER NOT NULL CHECK (serial >= 0),
  added_at INTEGER NOT NULL CHECK (added_at > 0)
) STRICT;

CREATE TABLE audit_log (
  seq     INTEGER PRIMARY KEY CHECK (seq > 0),
  at      INTEGER NOT NULL CHECK (at > 0),
  actor   TEXT NOT NULL CHECK (actor <> ''),
  action  TEXT NOT NULL CHECK (action <> ''),
  subject TEXT NOT NULL,
  reason  TEXT NOT NULL,
  details TEXT NOT NULL CHECK (json_valid(details)),
  hash    TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE TABLE audit_end (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  seq  INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_end (one, seq, hash) VALUES (1, 0, '');

INSERT INTO connector_generations
  (connector, tenant, connection, version, digest, kind, actor, reason, created_at)
  SELECT id, '', '', version, digest, 'install', '', '', installed_at
  FROM connector_definitions WHERE active = 1 ORDER BY installed_at;
)sql";

}  // namespace connhost
