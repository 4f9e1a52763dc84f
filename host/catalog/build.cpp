#include "host/catalog/build.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "host/catalog/package_facts.h"
#include "host/store/file_tree.h"

namespace connhost {
namespace {

void CheckChannel(const std::string& channel) {
  const std::vector<std::string> channels = {"stable", "preview", "deprecated"};
  if (std::find(channels.begin(), channels.end(), channel) != channels.end()) return;
  throw Error(ErrorKind::kUsage, "expected the channel " + JoinWords(channels, "or") + ", found '" +
                                     channel + "'" + DidYouMean(channel, channels));
}

std::optional<CatalogIndex> FormerIndex(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / kIndexName;
  if (!std::filesystem::exists(path)) return std::nullopt;
  return ParseIndex(ReadFile(path, kMostIndexBytes), path.string());
}

std::string NameFor(const std::filesystem::path& folder, const BuildOptions& options,
                    const std::optional<CatalogIndex>& former) {
  if (!options.name.empty() && !IsPlainName(options.name)) {
    throw Error(ErrorKind::kUsage, "'" + options.name +
                                       "' is no name of a catalog: expected lowercase letters, "
                                       "digits, '-' and '_'");
  }
  if (!options.name.empty()) return options.name;
  if (former) return former->name;
  const std::string name =
      std::filesystem::absolute(folder / "").lexically_normal().parent_path().filename().string();
  if (IsPlainName(name)) return name;
  throw Error(ErrorKind::kUsage,
              "the folder's name '" + name + "' is no name of a catalog; give one with --name");
}

class Builder {
 public:
  Builder(const BuildOptions& options, const std::optional<CatalogIndex>& former)
      : options_(options), former_(former) {}

  void Add(const PackageFacts& facts) {
    const IndexPackage entry = EntryOf(facts);
    const auto known =
        std::find_if(packages_.begin(), packages_.end(), [&](const IndexPackage& package) {
          return package.id == entry.id && package.version == entry.version;
        });
    if (known == packages_.end()) {
      packages_.push_back(entry);
      return;
    }
    CheckSame(*known, entry);
    known->platforms.insert(entry.platforms.begin(), entry.platforms.end());
  }

  std::vector<IndexPackage> Finish() {
    for (const auto& [name, channel] : options_.marks) Mark(name, channel);
    return std::move(packages_);
  }

 private:
  IndexPackage EntryOf(const PackageFacts& facts) {
    const Manifest& manifest = facts.manifest;
    IndexPackage entry;
    entry.id = manifest.id;
    entry.version = manifest.version;
    entry.kind = manifest.source && manifest.destination ? "both"
                 : manifest.source                       ? "source"
                                                         : "destination";
    entry.description = manifest.description;
    entry.publisher = manifest.publisher;
    entry.channel = ChannelOf(manifest.id, manifest.version);
    entry.signer = facts.signature.key_id;
    entry.abi = manifest.abi;
    entry.platforms[facts.name.platform] = {facts.name.FileName(), facts.size,
                                            facts.digests.sha256};
    return entry;
  }

  std::string ChannelOf(const std::string& id, const std::string& version) const {
    const IndexPackage* known = former_ ? former_->Find(id, version) : nullptr;
    if (known != nullptr) return known->channel;
    if (!options_.channel.empty()) return options_.channel;
    const bool prerelease = version.substr(0, version.find('+')).find('-') != std::string::npos;
    return prerelease ? "preview" : "stable";
  }

  static void CheckSame(IndexPackage known, IndexPackage added) {
    const std::string name = known.id + " " + known.version;
    if (known.signer != added.signer) {
      throw Error(ErrorKind::kPolicy, name + ": its platforms are signed by the keys " +
                                          known.signer + " and " + added.signer +
                                          "; sign all with one");
    }
    known.platforms = added.platforms = {};
    if (known == added) return;
    throw Error(ErrorKind::kConfig, name +
                                        ": the manifests of its platforms differ in kind, "
                                        "description, publisher or abi; pack all from one");
  }

  void Mark(const std::string& name, const std::string& channel) {
    std::vector<std::string> names;
    for (IndexPackage& package : packages_) {
      names.push_back(package.id + "@" + package.version);
      if (names.back() != name) continue;
      package.channel = channel;
      return;
    }
    throw Error(ErrorKind::kUsage,
                "no package '" + name + "' is in the folder" + DidYouMean(name, names));
  }

  const BuildOptions& options_;
  const std::optional<CatalogIndex>& former_;
  std::vector<IndexPackage> packages_;
};

}  // namespace

CatalogIndex BuildIndex(const std::filesystem::path& folder, const BuildOptions& options) {
  if (!std::filesystem::is_directory(folder)) {
    throw Error(ErrorKind::kConfig, folder.string() + ": expected a folder with packages");
  }
  if (!options.channel.empty()) CheckChannel(options.channel);
  for (const auto& mark : options.marks) CheckChannel(mark.second);
  const auto former = FormerIndex(folder);
  Builder builder(options, former);
  bool any = false;
  for (const std::string& name : ListNames(folder)) {
    if (!name.ends_with(kPackageSuffix)) continue;
    builder.Add(ReadPackageFacts(folder / name));
    any = true;
  }
  if (!any) {
    throw Error(ErrorKind::kConfig,
                folder.string() + ": expected packages (*.connpkg), found none");
  }
  CatalogIndex index{NameFor(folder, options, former), options.least_serial, options.created,
                     options.expires, builder.Finish()};
  if (former) index.serial = std::max(index.serial, former->serial + 1);
  ParseIndex(WriteIndex(index), (folder / kIndexName).string());  // what is written can be read
  return index;
}

}  // namespace connhost
