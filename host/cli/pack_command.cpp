#include "base/text.h"
#include "host/cli/command.h"
#include "host/lifecycle/pack.h"

namespace connhost {
namespace {

int Pack(CommandContext& context) {
  const WrittenPackage package =
      PackConnector(context.arguments().Positional(0), context.arguments().Get("output", "."));
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    SetMember(document, document, "path", std::string_view(package.path.native()));
    SetMember(document, document, "digest", std::string_view(package.digest));
    SetMember(document, document, "bytes", JsonValue(package.size));
    context.PrintJson(document);
    return 0;
  }
  context.Print(package.path.string() + "  " + HumanBytes(package.size) +
                "  sha256:" + package.digest.substr(0, 12) + "\n");
  return 0;
}

}  // namespace

Command PackCommand() {
  return {"pack",
          "Make a package from a connector's folder",
          {"FOLDER"},
          {{"output", 'o', "FOLDER", "where the package goes; the current folder by default"}},
          {"connhost pack build/connectors/csv -o packages"},
          Pack};
}

}  // namespace connhost
