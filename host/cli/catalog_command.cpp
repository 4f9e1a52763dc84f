#include <algorithm>
#include <cstdlib>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/time.h"
#include "host/catalog/build.h"
#include "host/catalog/signed_index.h"
#include "host/cli/command.h"
#include "host/cli/key_files.h"
#include "host/cli/terminal.h"
#include "host/lifecycle/key_ring.h"
#include "host/signature/signature_text.h"

namespace connhost {
namespace {

JsonValue CatalogJson(Json& document, const Catalog& catalog) {
  JsonValue item(rapidjson::kObjectType);
  SetMember(document, item, "name", std::string_view(catalog.name));
  SetMember(document, item, "location", std::string_view(catalog.location));
  SetMember(document, item, "key", std::string_view(catalog.key_id));
  SetMember(document, item, "serial", JsonValue(catalog.serial));
  SetMember(document, item, "added_at", JsonTime(&document, catalog.added_at));
  return item;
}

void List(CommandContext& context) {
  Json document(rapidjson::kArrayType);
  TextTable table({"CATALOG", "LOCATION", "KEY", ">SERIAL", "ADDED"});
  for (const Catalog& catalog : context.registry().ListCatalogs()) {
    table.Add({catalog.name, catalog.location, catalog.key_id, std::to_string(catalog.serial),
               FormatTime(catalog.added_at).substr(0, 10)});
    document.PushBack(CatalogJson(document, catalog), document.GetAllocator());
  }
  context.PrintList(document, table, "no catalogs; 'connhost catalog add' adds one\n");
}

// The key that --key names: one that is trusted already, by its id or its file, else a new one,
// which may sign what --for says, by default catalogs alone.
TrustedKey KeyOf(CommandContext& context) {
  const Arguments& arguments = context.arguments();
  const std::string text = arguments.Get("key");
  if (text.empty()) {
    throw Error(ErrorKind::kUsage,
                "catalog add: expected --key with the public key that signs the catalog (its file, "
                "its base64 line, or the id of one that is trusted)");
  }
  const std::string id = IsKeyId(text) ? text : ReadPublicKey(text).id;
  for (const TrustedKey& key : context.registry().ListKeys()) {
    if (key.id == id && !arguments.Has("for")) {
      if (!IsKeyId(text)) CheckNewKey(context.registry(), {text, key.prefixes, "", 0});
      return key;
    }
  }
  if (IsKeyId(text)) {
    throw Error(ErrorKind::kConfig,
                "no key " + text + " is trusted; give the public key itself with --key");
  }
  return CheckNewKey(context.registry(), {text,
                                          arguments.Has("for") ? ParsePrefixes(arguments.Get("for"))
                                                               : std::vector<std::string>(),
                                          "signs a catalog", 0});
}

void Add(CommandContext& context, const std::string& place) {
  const TrustedKey key = KeyOf(context);
  const OpenedCatalog catalog =
      context.catalogs().Add(Location::Parse(place), key, context.Audit("catalog add", place));
  if (context.json()) {
    Json document;
    Json item(rapidjson::kObjectType);
    document.CopyFrom(CatalogJson(item, catalog.row), document.GetAllocator());
    return context.PrintJson(document);
  }
  context.Print("catalog " + catalog.row.name +
                " added: " + Counted(catalog.index.packages.size(), "version") + ", serial " +
                std::to_string(catalog.row.serial) + ", signed by " + catalog.row.key_id + "\n");
}

void Remove(CommandContext& context, const std::string& name) {
  std::vector<std::string> names;
  for (const Catalog& catalog : context.registry().ListCatalogs()) names.push_back(catalog.name);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw Error(ErrorKind::kConfig, "no catalog '" + name + "'" + DidYouMean(name, names) +
                                        "; 'connhost catalog list' lists them");
  }
  context.registry().RemoveCatalog(name, context.Audit("catalog remove", name));
  std::error_code ignored;
  std::filesystem::remove_all(context.downloads().CatalogFolder(name), ignored);
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    SetMember(document, document, "name", std::string_view(name));
    return context.PrintJson(document);
  }
  context.Print("catalog " + name + " removed; what was installed from it stays\n");
}

// "csv@1.0.0=deprecated,..." as a map.
std::map<std::string, std::string> MarksOf(const Arguments& arguments) {
  std::map<std::string, std::string> marks;
  if (!arguments.Has("mark")) return marks;
  for (const std::string& mark : Split(arguments.Get("mark"), ',')) {
    const size_t equals = mark.find('=');
    if (equals == std::string::npos) {
      throw Error(ErrorKind::kUsage,
                  "--mark: expected NAME@VERSION=CHANNEL such as "
                  "csv@1.0.0=deprecated, found '" +
                      mark + "'");
    }
    marks[mark.substr(0, equals)] = mark.substr(equals + 1);
  }
  return marks;
}

// The present, or what SOURCE_DATE_EPOCH says for a build that can be repeated.
int64_t BuildTime() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr) return NowMicros() / 1000000 * 1000000;
  return std::strtoll(epoch, nullptr, 10) * 1000000;
}

void Build(CommandContext& context, const std::filesystem::path& folder) {
  const Arguments& arguments = context.arguments();
  BuildOptions options{arguments.Get("name"), arguments.Get("channel"),         MarksOf(arguments),
                       BuildTime(),           DateOption(arguments, "expires"), 1};
  const CatalogIndex index = BuildIndex(folder, options);
  const std::string text = WriteIndex(index);
  const std::filesystem::path path = folder / kIndexName;
  const std::filesystem::path signature = path.string() + std::string(kSignatureSuffix);
  const bool sign = arguments.Has("key");
  const std::string signed_text =
      sign ? SignIndex(text, index, LoadSecretKey(arguments.Get("key"))) : "";
  std::filesystem::remove(signature);  // the old one would vouch for nothing
  WriteFileAtomic(path, text);
  if (sign) WriteFileAtomic(signature, signed_text);
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    SetMember(document, document, "index", std::string_view(path.native()));
    SetMember(document, document, "name", std::string_view(index.name));
    SetMember(document, document, "serial", JsonValue(index.serial));
    SetMember(document, document, "packages", JsonValue(uint64_t{index.packages.size()}));
    SetMember(document, document, "signed", JsonValue(sign));
    return context.PrintJson(document);
  }
  context.Print("catalog " + index.name + ", serial " + std::to_string(index.serial) + ": " +
                Counted(index.packages.size(), "version") + " in " + path.string() + "\n" +
                (sign ? ""
                      : "not signed: 'connhost catalog build --key SECRET', or 'minisign -S -m " +
                            path.string() + "'\n"));
}

int RunCatalog(CommandContext& context) {
  const std::string action = context.arguments().Positional(0);
  const std::string what = context.arguments().Positional(1);
  if (action == "list") {
    List(context);
    return 0;
  }
  const std::vector<std::string> actions = {"add", "remove", "list", "build"};
  if (std::find(actions.begin(), actions.end(), action) == actions.end()) {
    throw Error(ErrorKind::kUsage, "catalog: expected " + JoinWords(actions, "or") + ", found '" +
                                       action + "'" + DidYouMean(action, actions));
  }
  if (what.empty()) {
    throw Error(ErrorKind::kUsage, "catalog " + action + ": expected " +
                                       (action == "add"      ? "a folder or an address"
                                        : action == "remove" ? "a catalog's name"
                                                             : "a folder"));
  }
  if (action == "add") Add(context, what);
  if (action == "remove") Remove(context, what);
  if (action == "build") Build(context, what);
  return 0;
}

}  // namespace

Command CatalogCommand() {
  return {
      "catalog",
      "Keep the places that packages are installed from, or make one",
      {"add|remove|list|build", "[FOLDER|URL|NAME]"},
      {{"key", 0, "KEY", "add: the public key (or its id) that signs it; build: the secret key"},
       {"for", 0, "CONNECTORS", "add: what the key may sign beside the catalog (see trust)"},
       {"allow-http", 0, "", "take an address without https"},
       {"name", 0, "NAME", "build: of the catalog; by default the former, else the folder's"},
       {"channel", 0, "CHANNEL", "build: of new packages: stable, preview or deprecated"},
       {"mark", 0, "NAME@V=CHANNEL", "build: change the channel of a package; split by commas"},
       {"expires", 0, "DATE", "build: the index holds until this day"},
       {"reason", 0, "TEXT", "why, for the audit log"}},
      {"connhost catalog add https://example.org/connectors --key acme.pub --for acme-",
       "connhost catalog build ./connectors --key acme.key",
       "connhost catalog build ./connectors --key acme.key --mark csv@1.0.0=deprecated",
       "connhost catalog list", "connhost catalog remove acme"},
      RunCatalog};
}

}  // namespace connhost
