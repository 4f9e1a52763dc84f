// connector_definitions, as the other tables' methods write it.
#pragma once

#include <string>

#include "registry/sqlite/database.h"

namespace connhost {

// Makes the version, which must be installed, the active one, inside the caller's Transaction.
void ActivateVersion(Database& database, const std::string& id, const std::string& version);

}  // namespace connhost
