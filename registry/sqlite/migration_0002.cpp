#include "registry/sqlite/migration_0002.h"

namespace connhost {

const char kMigration0002[] = R"sql(
ALTER TABLE tenant_connections ADD COLUMN pause_reason TEXT NOT NULL DEFAULT '';
UPDATE tenant_connections SET pause_reason = 'paused' WHERE enabled = 0;
ALTER TABLE tenant_connections DROP COLUMN enabled;
)sql";

}  // namespace connhost
