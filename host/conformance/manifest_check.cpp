// The library says of itself what the manifest says of it.
#include "host/conformance/check_context.h"
#include "host/lifecycle/package_checks.h"
#include "host/run/guest_spec.h"

namespace connhost {
namespace {

CheckResult Run(CheckContext& context) {
  const auto guest = context.Start(context.Spec(Json()));
  const JsonValue& plugin = *FindMember(guest->ready(), "plugin");
  const JsonValue* abi = FindMember(plugin, "abi");
  CheckDescription({std::string(TextOf(plugin["id"])), std::string(TextOf(plugin["version"])),
                    abi != nullptr && abi->IsInt() ? abi->GetInt() : 0, plugin["source"].GetBool(),
                    plugin["destination"].GetBool()},
                   context.manifest());
  const Manifest& manifest = context.manifest();
  return {Outcome::kPass, "the library and the manifest both say " + manifest.id + " " +
                              manifest.version + ", major " + std::to_string(manifest.abi)};
}

}  // namespace

Check ManifestCheck() {
  return {"manifest", "Id, version, major and kind in the library are those of the manifest",
          false,      false,
          1,          Run};
}

}  // namespace connhost
