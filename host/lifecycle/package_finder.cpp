#include "host/lifecycle/package_finder.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "host/lifecycle/shipped_packages.h"
#include "host/lifecycle/version_choice.h"
#include "registry/version_order.h"

namespace connhost {
namespace {

using Offers = std::vector<const PackageOffer*>;

// One text of each offer, sorted, without repeats.
template <typename List, typename Get>
std::vector<std::string> Distinct(const List& offers, Get get) {
  std::set<std::string> values;
  for (const auto& offer : offers) values.insert(get(offer));
  return {values.begin(), values.end()};
}

bool IsOnChannel(const PackageOffer& offer, const ConnectorWish& wish) {
  if (!wish.version.empty() || offer.channel != "preview") return true;
  return wish.channel == "preview";
}

// Of two offers that fit, the one to take. Previews compete by version alone when asked for.
bool IsBetterOffer(const PackageOffer& candidate, const PackageOffer& current,
                   const ConnectorWish& wish) {
  const bool deprecated = candidate.channel == "deprecated";
  if (deprecated != (current.channel == "deprecated")) return !deprecated;
  if (wish.channel == "preview") return CompareVersions(candidate.version, current.version) > 0;
  return IsBetterVersion(candidate.version, current.version);
}

}  // namespace

std::string PackageOffer::From() const {
  return catalog == nullptr ? "the shipped packages" : "the catalog " + catalog->row.name;
}

PackageFinder::PackageFinder(const std::vector<std::filesystem::path>& shipped,
                             const std::vector<OpenedCatalog>& catalogs, std::string platform)
    : folders_(shipped), platform_(std::move(platform)) {
  AddShipped(shipped);
  for (const OpenedCatalog& catalog : catalogs) AddCatalog(catalog);
}

void PackageFinder::AddShipped(const std::vector<std::filesystem::path>& folders) {
  for (const ShippedPackage& package : ListShippedPackages(folders)) {
    PackageOffer offer;
    offer.id = package.name.id;
    offer.version = package.name.version;
    offer.channel = "stable";
    offer.platforms = {package.name.platform};
    if (package.name.platform == platform_) offer.shipped = package.path;
    offers_.push_back(std::move(offer));
  }
}

void PackageFinder::AddCatalog(const OpenedCatalog& catalog) {
  for (const IndexPackage& entry : catalog.index.packages) {
    PackageOffer offer;
    offer.id = entry.id;
    offer.version = entry.version;
    offer.channel = entry.channel;
    offer.catalog = &catalog;
    offer.entry = &entry;
    for (const auto& [platform, file] : entry.platforms) {
      offer.platforms.push_back(platform);
      if (platform == platform_) offer.file = &file;
    }
    offers_.push_back(std::move(offer));
  }
}

Offers PackageFinder::Named(const ConnectorWish& wish) const {
  Offers named;
  for (const PackageOffer& offer : offers_) {
    const std::string& place = offer.catalog == nullptr ? "" : offer.catalog->row.name;
    if (offer.id == wish.id && (wish.catalog.empty() || wish.catalog == place)) {
      named.push_back(&offer);
    }
  }
  if (!named.empty()) return named;
  const auto ids = Distinct(offers_, [](const PackageOffer& offer) { return offer.id; });
  std::vector<std::string> places;
  for (const auto& folder : folders_) places.push_back(folder.string());
  for (const std::string& place : Distinct(offers_, [](const PackageOffer& offer) {
         return offer.catalog == nullptr ? std::string() : offer.From();
       })) {
    if (!place.empty()) places.push_back(place);
  }
  throw Error(ErrorKind::kConfig,
              "no package is called '" + wish.id + "'" + DidYouMean(wish.id, ids) +
                  (places.empty() ? "; there is no folder of shipped packages and no catalog"
                                  : "; looked in " + JoinWords(places)) +
                  (ids.empty() ? ", found none" : ", found " + JoinWords(ids)) +
                  "; give the file of a package to install another");
}

const PackageOffer* PackageFinder::Best(const Offers& named, const ConnectorWish& wish) const {
  const PackageOffer* best = nullptr;
  for (const PackageOffer* offer : named) {
    if (!offer->HasPlatform() || !wish.Fits(offer->version) || !IsOnChannel(*offer, wish)) continue;
    if (best == nullptr || IsBetterOffer(*offer, *best, wish)) best = offer;
  }
  return best;
}

void PackageFinder::RefuseAmbiguous(const PackageOffer& best, const Offers& named) const {
  for (const PackageOffer* other : named) {
    if (best.file == nullptr || other->file == nullptr || other->version != best.version) continue;
    if (other->file->sha256 == best.file->sha256) continue;
    throw Error(ErrorKind::kPolicy, best.id + " " + best.version + ": " + best.From() + " and " +
                                        other->From() + " offer it with other content (sha256 " +
                                        best.file->sha256 + " and " + other->file->sha256 +
                                        "); choose with --catalog NAME");
  }
}

const PackageOffer& PackageFinder::Find(const ConnectorWish& wish) const {
  const Offers named = Named(wish);
  if (const PackageOffer* best = Best(named, wish)) {
    RefuseAmbiguous(*best, named);
    return *best;
  }
  const auto found = Distinct(named, [](const PackageOffer* offer) {
    return offer->version + " for " + JoinWords(offer->platforms) +
           (offer->channel == "stable" ? "" : " (" + offer->channel + ")");
  });
  const bool fits = std::any_of(named.begin(), named.end(), [&](const PackageOffer* offer) {
    return offer->HasPlatform() || !wish.Fits(offer->version);
  });
  throw Error(
      fits ? ErrorKind::kConfig : ErrorKind::kUnsupported,
      "expected a package " + wish.Text() + " for " + platform_ + ", found " + JoinWords(found) +
          " in " +
          JoinWords(Distinct(named, [](const PackageOffer* offer) { return offer->From(); })));
}

const PackageOffer* PackageFinder::Newest(const std::string& id) const {
  Offers named;
  for (const PackageOffer& offer : offers_) {
    if (offer.id == id && offer.channel == "stable") named.push_back(&offer);
  }
  return Best(named, ParseConnectorWish(id));
}

const PackageOffer* PackageFinder::FindExact(const std::string& id, const std::string& version,
                                             const std::string& sha256) const {
  const PackageOffer* shipped = nullptr;
  for (const PackageOffer& offer : offers_) {
    if (offer.id != id || offer.version != version) continue;
    if (offer.file != nullptr && offer.file->sha256 == sha256) return &offer;
    if (!offer.shipped.empty()) shipped = &offer;
  }
  return shipped;
}

}  // namespace connhost
