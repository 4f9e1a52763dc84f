#include "base/text.h"
#include "host/cli/command.h"

namespace connhost {
namespace {

int Gc(CommandContext& context) {
  const CollectResult result = context.installer().Gc();
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
          {},
          {"connhost gc"},
          Gc};
}

}  // namespace connhost
