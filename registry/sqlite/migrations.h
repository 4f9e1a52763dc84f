// The registry's schema, as numbered steps (docs/formats/registry.md, "Migrations").
#pragma once

#include <span>

namespace connhost {

class Database;

struct Migration {
  int version;       // from 1, without gaps
  const char* name;  // a few words, for schema_migrations
  const char* sql;   // any statements
};

// The steps that this program knows, oldest first. One that was released never changes.
std::span<const Migration> Migrations();

// Brings the database to the newest version, each step in one transaction of its own. A current
// database costs three reads. Any number of processes may do this at once on a new file.
//
// Throws Error{kUnsupported} when the database is newer than this program, Error{kConfig} when it
// is some other program's.
void Migrate(Database& database);

// The same with other steps, for tests.
void Migrate(Database& database, std::span<const Migration> migrations);

}  // namespace connhost
