#include "host/cli/named_install.h"

#include "base/error.h"
#include "base/text.h"
#include "host/cli/terminal.h"
#include "host/lifecycle/package_finder.h"
#include "host/lifecycle/version_choice.h"

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

}  // namespace

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

std::optional<InstallResult> InstallBetter(CommandContext& context, const std::string& id,
                                           const std::string& version) {
  const OpenedCatalogs catalogs = context.OpenCatalogs();
  const PackageFinder finder(CommandContext::ShippedPackages(), catalogs.opened, CurrentPlatform());
  const PackageOffer* const offer = finder.Newest(id);
  if (offer == nullptr || !IsBetterVersion(offer->version, version)) return std::nullopt;
  return context.installer().Install(BringOffer(*offer, context.downloads()));
}

}  // namespace connhost
