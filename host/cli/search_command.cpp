#include <algorithm>

#include "base/text.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"
#include "host/lifecycle/package_finder.h"

namespace connhost {
namespace {

std::string Lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return text;
}

std::string DescriptionOf(const PackageOffer& offer) {
  return offer.entry == nullptr ? "" : offer.entry->description;
}

bool Matches(const PackageOffer& offer, const Arguments& arguments) {
  const std::string text = Lower(offer.id + "\n" + DescriptionOf(offer));
  for (size_t i = 0; i < arguments.positionals(); ++i) {
    if (text.find(Lower(arguments.Positional(i))) == std::string::npos) return false;
  }
  return true;
}

int Search(CommandContext& context) {
  const OpenedCatalogs catalogs = context.OpenCatalogs();
  const PackageFinder finder(CommandContext::ShippedPackages(), catalogs.opened, CurrentPlatform());
  Json document(rapidjson::kArrayType);
  TextTable table({"CONNECTOR", "VERSION", "CHANNEL", "FROM", "PLATFORMS", "DESCRIPTION"});
  for (const PackageOffer& offer : finder.offers()) {
    if (!Matches(offer, context.arguments())) continue;
    const std::string from = offer.catalog == nullptr ? "shipped" : offer.catalog->row.name;
    const std::string description = DescriptionOf(offer);
    table.Add({offer.id, offer.version, offer.channel, from, JoinWords(offer.platforms),
               description.substr(0, description.find('\n'))},
              offer.HasPlatform() ? Colour::kNone : Colour::kDim);
    JsonValue item(rapidjson::kObjectType);
    const auto text = [&](const char* name, const std::string& value) {
      SetMember(document, item, name, std::string_view(value));
    };
    text("id", offer.id);
    text("version", offer.version);
    text("channel", offer.channel);
    text("from", from);
    text("signer", offer.entry == nullptr ? "" : offer.entry->signer);
    text("description", description);
    JsonValue platforms(rapidjson::kArrayType);
    for (const std::string& platform : offer.platforms) {
      platforms.PushBack(JsonText(&document, platform), document.GetAllocator());
    }
    SetMember(document, item, "platforms", std::move(platforms));
    document.PushBack(item, document.GetAllocator());
  }
  context.PrintList(document, table, "nothing found\n");
  return 0;
}

}  // namespace

Command SearchCommand() {
  return {"search",
          "Look for connectors in the catalogs and among the shipped packages",
          {"[WORD]", "[WORD]", "[WORD]"},
          {{"allow-http", 0, "", "read catalogs without https"}},
          {"connhost search", "connhost search orders", "connhost search --json"},
          Search};
}

}  // namespace connhost
