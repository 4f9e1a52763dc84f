// What discover says is sound, and it says it twice.
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "host/conformance/source_guest.h"

namespace connhost {
namespace {

bool HasField(const JsonValue& fields, const std::string& name) {
  for (const JsonValue& field : fields.GetArray()) {
    if (TextOf(field["name"]) == name) return true;
  }
  return false;
}

void CheckStream(const Manifest& manifest, const CatalogStream& stream) {
  const std::string where = "stream '" + stream.name + "': ";
  const Json schema = ParseJson(stream.schema, "the schema");
  const JsonValue& fields = *FindMember(schema, "fields");
  std::vector<std::string> columns = stream.key;
  if (!stream.cursor.empty()) columns.push_back(stream.cursor);
  for (const std::string& column : columns) {
    if (HasField(fields, column)) continue;
    throw Broken{where + "its key or cursor names the column '" + column +
                 "', which is not among its fields"};
  }
  for (const std::string& sync : stream.sync) {
    if (manifest.HasCapability(sync)) continue;
    throw Broken{where + "it says it can be read with '" + sync +
                 "', but the manifest's capabilities lack '" + sync + "'"};
  }
}

CheckResult Run(CheckContext& context) {
  const Json config = context.Config();
  SourceGuest guest(context, config);
  const std::vector<std::string> first = guest.Discover();
  std::set<std::string> names;
  for (const std::string& document : first) {
    const CatalogStream stream = ReadCatalogStream(context.manifest().id, document);
    CheckStream(context.manifest(), stream);
    if (!names.insert(stream.name).second) {
      throw Broken{"two streams are called '" + stream.name + "'"};
    }
  }
  SourceGuest another(context, config);
  if (guest.Discover() != first || another.Discover() != first) {
    throw Broken{"expected the same catalog each time, found another one the second time"};
  }
  if (first.empty()) return {Outcome::kWarn, "this configuration has no stream"};
  return {Outcome::kPass,
          Counted(first.size(), "stream") + ", the same three times, in two processes"};
}

}  // namespace

Check DiscoverCheck() {
  return {"discover",
          "The catalog is the same each time; names are unique, schemas valid, key and cursor "
          "columns exist",
          true,
          false,
          1,
          Run};
}

}  // namespace connhost
