// What follows when a catalog says that a version is deprecated.
#pragma once

#include <string>
#include <vector>

#include "host/lifecycle/catalogs.h"
#include "registry/registry.h"

namespace connhost {

// Makes the registry agree with the catalogs: an installed version that one of them (the same
// content) calls deprecated gets that status, one that is deprecated no more loses it; and each
// connection that uses a deprecated version has one open alert of kind `deprecated`, of severity
// warning, that names them. Returns a sentence for each alert that is new. Writes nothing when all
// agrees already.
std::vector<std::string> NoteDeprecations(Registry& registry,
                                          const std::vector<OpenedCatalog>& catalogs,
                                          const AuditEntry& audit);

}  // namespace connhost
