// Step 2 of the schema: a paused connection says why.
#pragma once

namespace connhost {

extern const char kMigration0002[];

}  // namespace connhost
