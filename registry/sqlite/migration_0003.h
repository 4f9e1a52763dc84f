// Step 3 of the schema: generations, pins, trust and the audit log.
#pragma once

namespace connhost {

extern const char kMigration0003[];

}  // namespace connhost
