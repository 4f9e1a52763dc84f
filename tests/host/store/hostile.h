// One hostile package and the sentence that must refuse it.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "host/store/package_limits.h"

namespace connhost::testing {

struct HostilePackage {
  std::string label;
  std::string bytes;
  std::string sentence;  // a part of the refusal
  PackageLimits limits = {};
};

// Adds the package to a fresh store and expects: Error{kPolicy} that names the package and holds
// the sentence; nothing in the store; nothing outside it.
void ExpectRefused(const HostilePackage& package);

}  // namespace connhost::testing
