// audit_log, as the other tables' methods write it.
#pragma once

#include "registry/records.h"
#include "registry/sqlite/database.h"

namespace connhost {

// Adds the next row of the chain inside the caller's Transaction.
void AppendAudit(Database& database, const AuditEntry& entry);

}  // namespace connhost
