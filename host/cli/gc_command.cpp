#include "base/text.h"
#include "host/cli/command.h"
#include "host/cli/locked_install.h"

namespace connhost {
namespace {

int Gc(CommandContext& context) {
  const std::set<std::string> locked = LockedDigests(context);
  CollectResult result = context.installer().Gc(locked);
  std::set<std::string> named = context.installer().NamedDigests();
  named.insert(locked.begin(), locked.end());
  result.freed_bytes += context.downloads().Collect(named);
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    JsonValue removed(rapidjson::kArrayType);
    for (const std::string& digest : result.removed) {
      removed.PushBack(JsonText(&document, digest), document.GetAllocator());
    }
    SetMember(document, document, "removed", std::move(removed));
    SetMember(document, document, "leftovers", JsonValue(uint64_t{result.leftovers}));
    SetMember(document, document, "freed_bytes", JsonValue(result.freed_bytes));
    context.PrintJson(document);
    return 0;
  }
  context.Print("removed " + std::to_string(result.removed.size()) + " packages and " +
                std::to_string(result.leftovers) + " leftovers, freed " +
                HumanBytes(result.freed_bytes) + "\n");
  return 0;
}

}  // namespace

Command GcCommand() {
  return {"gc",
          "Remove packages that nothing names, and what crashed commands left",
          {},
          {{"lock", 0, "FILE", "keep what this lock file names too"}},
          {"connhost gc", "connhost gc --lock deploy/connhost.lock"},
          Gc};
}

}  // namespace connhost
