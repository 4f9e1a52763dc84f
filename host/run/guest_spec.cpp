#include "host/run/guest_spec.h"

#include "host/lifecycle/package_library.h"

namespace connhost {

WorkerSpec GuestSpec(const PackagePaths& package, const Manifest& manifest, const Home& home,
                     const std::string& worker_program) {
  const PackageLibrary library = FindLibrary(package, manifest);
  WorkerSpec spec;
  spec.worker_program = worker_program;
  spec.connector = manifest.id;
  spec.library = library.path.string();
  spec.library_sha256 = library.sha256;
  spec.limits = manifest.limits;
  spec.scratch_parent = home.scratch().string();
  return spec;
}

Describe DescribeInGuest(const Home& home, const std::string& worker_program) {
  return [&home, worker_program](const PackagePaths& package, const Manifest& manifest) {
    const Json plugin = DescribePlugin(GuestSpec(package, manifest, home, worker_program));
    return Description{std::string(TextOf(plugin["id"])), std::string(TextOf(plugin["version"])),
                       plugin["abi"].GetInt(), plugin["source"].GetBool(),
                       plugin["destination"].GetBool()};
  };
}

}  // namespace connhost
