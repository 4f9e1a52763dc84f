#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "host/cli/command.h"
#include "host/cli/locked_install.h"
#include "host/cli/terminal.h"
#include "host/lifecycle/package_finder.h"

namespace connhost {
namespace {

ConnectorWish WishOf(CommandContext& context, const std::string& text) {
  const Arguments& arguments = context.arguments();
  ConnectorWish wish = ParseConnectorWish(text);
  wish.channel = arguments.Get("channel");
  wish.catalog = arguments.Get("catalog");
  if (!wish.channel.empty() && wish.channel != "stable" && wish.channel != "preview") {
    throw Error(ErrorKind::kUsage, "--channel: expected stable or preview, found '" + wish.channel +
                                       "'" + DidYouMean(wish.channel, {"stable", "preview"}));
  }
  if (wish.catalog.empty()) return wish;
  std::vector<std::string> names;
  for (const Catalog& catalog : context.registry().ListCatalogs()) {
    if (catalog.name == wish.catalog) return wish;
    names.push_back(catalog.name);
  }
  throw Error(ErrorKind::kConfig, "no catalog '" + wish.catalog + "'" +
                                      DidYouMean(wish.catalog, names) +
                                      "; 'connhost catalog list' lists them");
}

// A catalog that could not be read may be the one that has it: then its refusal is the answer.
const PackageOffer& Find(const PackageFinder& finder, const ConnectorWish& wish,
                         const OpenedCatalogs& catalogs) {
  try {
    return finder.Find(wish);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kPolicy || catalogs.refused.empty()) throw;
    throw catalogs.refused.front().error;
  }
}

InstallResult InstallNamed(CommandContext& context, const std::string& name) {
  const ConnectorWish wish = WishOf(context, name);
  const OpenedCatalogs catalogs = context.OpenCatalogs();
  const PackageFinder finder(CommandContext::ShippedPackages(), catalogs.opened, CurrentPlatform());
  const PackageOffer& offer = Find(finder, wish, catalogs);
  if (offer.channel == "deprecated") {
    Tell("warning: " + offer.id + " " + offer.version + " is deprecated in " + offer.From() + "\n");
  }
  return context.installer().Install(BringOffer(offer, context.downloads()));
}

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
