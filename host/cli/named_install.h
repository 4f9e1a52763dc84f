// Installs by name, from the shipped packages and the catalogs.
#pragma once

#include <optional>
#include <string>

#include "host/cli/command.h"

namespace connhost {

// NAME, NAME@VERSION or NAME@RANGE, by --channel and --catalog. What PackageFinder::Find, Downloads
// and Installer throw.
InstallResult InstallNamed(CommandContext& context, const std::string& name);

// The newest stable version there is, when it is better than `version`; else nothing.
std::optional<InstallResult> InstallBetter(CommandContext& context, const std::string& id,
                                           const std::string& version);

}  // namespace connhost
