// The check that stands before a package's archive is opened.
#pragma once

#include <string>

#include "host/lifecycle/package_source.h"
#include "host/lifecycle/trust.h"
#include "host/store/package_name.h"
#include "host/store/package_reader.h"

namespace connhost {

// Compares the opened package with what was promised of it and verifies the signature beside it.
// Returns the id of the key that signed it, "" for a shipped one and for an unsigned one that was
// allowed. Error{kPolicy} when it is not what was promised, unsigned, or signed by a key that may
// not sign it. Reads the package once as a whole; its archive stays unopened.
std::string CheckPackageSignature(const Trust& trust, const PackageFile& package,
                                  const PackageName& name, const PackageSource& source);

}  // namespace connhost
