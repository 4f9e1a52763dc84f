// What installing looks at before it loads anything.
#include "base/files.h"
#include "host/conformance/check_context.h"
#include "host/lifecycle/pack.h"
#include "host/store/package_reader.h"

namespace connhost {
namespace {

CheckResult Run(CheckContext& context) {
  const Subject& subject = context.subject();
  if (!subject.is_folder()) {
    return {Outcome::kPass, subject.summary() + "; names, SUMS and manifest agree"};
  }
  const TemporaryDirectory packed;
  const WrittenPackage package = PackConnector(subject.package().root, packed.path());
  const Subject unpacked(package.path);
  return {Outcome::kPass, subject.summary() + "; pack takes it as " +
                              package.path.filename().string() + ", and it can be read back"};
}

}  // namespace

Check PackageCheck() {
  return {
      "package",
      "The names, the digests and the manifest of the package are sound; a folder can be packed",
      false,
      false,
      1,
      Run};
}

}  // namespace connhost
