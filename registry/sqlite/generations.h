// connector_generations, as the other tables' methods write it.
#pragma once

#include "registry/records.h"
#include "registry/sqlite/database.h"

namespace connhost {

// Adds the row inside the caller's Transaction and returns its id; `generation.id` is not read.
int64_t InsertGeneration(Database& database, const Generation& generation);

}  // namespace connhost
