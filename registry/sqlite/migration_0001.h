// Step 1 of the schema: the first tables.
#pragma once

namespace connhost {

extern const char kMigration0001[];

}  // namespace connhost
