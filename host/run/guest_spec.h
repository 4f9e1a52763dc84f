// What is started when a package's library is to run, before anything is granted to it.
#pragma once

#include <string>

#include "host/lifecycle/package_checks.h"
#include "host/process/worker_session.h"
#include "host/run/home.h"

namespace connhost {

// The library for this platform, with the manifest's limits and no grants. Errors: FindLibrary's.
WorkerSpec GuestSpec(const PackagePaths& package, const Manifest& manifest, const Home& home,
                     const std::string& worker_program);

// Asks a package's library in a guest what it is. `home` outlives the function that is returned.
Describe DescribeInGuest(const Home& home, const std::string& worker_program);

}  // namespace connhost
