// The faults on demand.
#pragma once

#include <connhost/output.hpp>

#include "plugins/faker/settings.h"

namespace connhost::faker {

// Does what Settings::fault says, for tests of whoever has to bear it. Returns only for kNone,
// kGarbage, kBadState and kStaleCursor.
void Commit(const Settings& settings, sdk::Output& output);

}  // namespace connhost::faker
