// What a shadow run found, as a table or one JSON document.
#pragma once

#include "host/cli/command.h"
#include "host/upgrade/shadow_run.h"

namespace connhost {

void ShowShadow(CommandContext& context, const ShadowReport& report);

}  // namespace connhost
