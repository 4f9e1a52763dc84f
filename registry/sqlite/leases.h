// connection_leases: who may write for a connection (docs/formats/registry.md, "The lease").
// Every function runs inside the caller's Transaction.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/registry.h"
#include "registry/sqlite/database.h"

namespace connhost {

// A lease as its row says. The row stays when the lease is free, so that the token never falls
// back.
struct Lease {
  std::string tenant;
  std::string connection;
  int64_t token = 0;   // 0 when the connection never had a run
  std::string run_id;  // "" when free
  LeaseHolder holder;
  int64_t expires_at = 0;

  // Held, not expired, and by no process known dead.
  bool IsLive() const;
};

Lease ReadLease(Database& database, const std::string& tenant, const std::string& connection);
std::vector<Lease> HeldLeases(Database& database);

// Gives the lease to `run`, whose row stands already, under the next token.
Fence TakeLease(Database& database, const ConnectorRun& run, const LeaseHolder& holder,
                const Lease& before, int64_t expires_at);
void ReleaseLease(Database& database, const std::string& tenant, const std::string& connection);

bool HoldsLease(Database& database, const Fence& fence);
// Throws Error{kCancelled} unless the fence holds the lease.
void RequireLease(Database& database, const Fence& fence);

// Marks the run of a lease that is held but not live as abandoned, with the reason as its cause.
void AbandonRun(Database& database, const Lease& lease);

// Throws Error{kTransient} naming the run when one is running on the connection. The lease of a
// dead one is freed and its run abandoned.
void RequireNoRun(Database& database, const std::string& tenant, const std::string& connection);

}  // namespace connhost
