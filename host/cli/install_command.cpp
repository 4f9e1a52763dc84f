#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "host/cli/command.h"
#include "host/cli/locked_install.h"
#include "host/cli/named_install.h"
#include "host/lifecycle/package_finder.h"

namespace connhost {
namespace {

InstallResult InstallWhat(CommandContext& context, const std::string& what) {
  if (what.starts_with("file://")) {
    return context.installer().Install(Location::Parse(what).path().string());
  }
  const bool address = LooksLikeAddress(what);
  const bool file =
      !address && (what.find('/') != std::string::npos || what.ends_with(kPackageSuffix));
  if (file) return context.installer().Install(what);
  if (context.arguments().Has("allow-unsigned")) {
    throw Error(ErrorKind::kUsage,
                "--allow-unsigned is for a file whose origin you know, not for "
                "what is brought by its name or address");
  }
  if (!address) return InstallNamed(context, what);
  return context.installer().Install(BringFromAddress(Location::Parse(what), context.downloads()));
}

JsonValue ResultJson(Json& document, const InstallResult& result) {
  const ConnectorDefinition& definition = result.definition;
  JsonValue item(rapidjson::kObjectType);
  SetMember(document, item, "id", std::string_view(definition.id));
  SetMember(document, item, "version", std::string_view(definition.version));
  SetMember(document, item, "digest", std::string_view(definition.digest));
  SetMember(document, item, "signer", std::string_view(definition.signer));
  SetMember(document, item, "active", JsonValue(definition.active));
  SetMember(document, item, "was_installed", JsonValue(result.was_installed));
  return item;
}

void Show(CommandContext& context, const InstallResult& result) {
  const ConnectorDefinition& definition = result.definition;
  context.Print(definition.id + "@" + definition.version +
                (result.was_installed ? " was installed already" : " installed") +
                "  sha256:" + definition.digest.substr(0, 12) +
                (definition.signer.empty() ? "" : "  signed by " + definition.signer) + "\n");
  if (definition.active) return;
  const auto active = context.registry().ActiveDefinition(definition.id);
  context.Print("version " + (active ? active->version : "") + " stays active; 'connhost upgrade " +
                definition.id + "@" + definition.version + "' switches\n");
}

int InstallFromLock(CommandContext& context, const std::string& what) {
  const auto results = InstallLocked(context, what);
  Json document(rapidjson::kArrayType);
  for (const InstallResult& result : results) {
    if (!context.json()) Show(context, result);
    document.PushBack(ResultJson(document, result), document.GetAllocator());
  }
  if (context.json()) context.PrintJson(document);
  return 0;
}

int Install(CommandContext& context) {
  const std::string what = context.arguments().Positional(0);
  if (context.arguments().Has("locked") || context.arguments().Has("lock")) {
    return InstallFromLock(context, what);
  }
  if (what.empty()) {
    throw Error(ErrorKind::kUsage,
                "install: expected the name of a connector, a package file or an address; see "
                "'connhost install --help'");
  }
  const InstallResult result = InstallWhat(context, what);
  if (context.json()) {
    Json document;
    Json item(rapidjson::kObjectType);
    document.CopyFrom(ResultJson(item, result), document.GetAllocator());
    context.PrintJson(document);
  } else {
    Show(context, result);
  }
  return 0;
}

}  // namespace

Command InstallCommand() {
  return {"install",
          "Install a connector by its name, from a package file or from an address",
          {"[NAME|FILE|URL]"},
          {{"channel", 0, "CHANNEL", "preview: take previews too"},
           {"catalog", 0, "NAME", "look in this catalog only"},
           {"allow-unsigned", 0, "", "take a package file without a signature"},
           {"allow-http", 0, "", "take an address without https"},
           {"locked", 0, "", "exactly what connhost.lock holds (NAME, else all), nothing else"},
           {"lock", 0, "FILE", "that lock file; by default the one in CONNHOST_HOME"},
           {"reason", 0, "TEXT", "why, for the audit log"}},
          {"connhost install csv", "connhost install 'orders@^1.2'",
           "connhost install ./orders-1.2.0-linux-x86_64.connpkg",
           "connhost install https://example.org/orders-1.2.0-linux-x86_64.connpkg",
           "connhost install --locked"},
          Install};
}

}  // namespace connhost
