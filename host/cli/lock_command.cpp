#include "base/files.h"
#include "host/cli/command.h"
#include "host/lifecycle/locking.h"

namespace connhost {
namespace {

int Lock(CommandContext& context) {
  const std::string named = context.arguments().Positional(0);
  const std::filesystem::path path =
      named.empty() ? context.home().root / kLockFileName : std::filesystem::path(named);
  const LockFile lock =
      LockInstalled(context.registry(), context.OpenCatalogs().opened, CurrentPlatform());
  WriteFileAtomic(path, WriteLockFile(lock));
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    SetMember(document, document, "path", std::string_view(path.native()));
    SetMember(document, document, "connectors", JsonValue(uint64_t{lock.size()}));
    context.PrintJson(document);
    return 0;
  }
  context.Print(path.string() + "  " + std::to_string(lock.size()) + " connectors\n");
  return 0;
}

}  // namespace

Command LockCommand() {
  return {"lock",
          "Write down exactly which connectors are in use, for 'install --locked'",
          {"[FILE]"},
          {{"allow-http", 0, "", "read catalogs without https"}},
          {"connhost lock", "connhost lock deploy/connhost.lock"},
          Lock};
}

}  // namespace connhost
