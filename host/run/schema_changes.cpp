#include "host/run/schema_changes.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace connhost {
namespace {

struct Field {
  std::string type;
  bool nullable = true;
};

std::map<std::string, Field> FieldsOf(const CatalogStream& stream) {
  std::map<std::string, Field> fields;
  const Json schema = ParseJson(stream.schema, "schema of " + stream.name);
  for (const JsonValue& field : schema["fields"].GetArray()) {
    const JsonValue* nullable = FindMember(field, "nullable");
    const bool may_be_null = nullable == nullptr || !nullable->IsBool() || nullable->GetBool();
    fields[std::string(TextOf(field["name"]))] = {std::string(TextOf(field["type"])), may_be_null};
  }
  return fields;
}

std::string Names(const std::vector<std::string>& names) {
  return names.empty() ? "none" : JoinWords(names);
}

class Comparison {
 public:
  Comparison(const CatalogStream& before, const CatalogStream& after,
             std::vector<SchemaChange>* changes)
      : before_(before), after_(after), changes_(changes) {}

  void Run() {
    if (before_.key != after_.key) {
      Add("breaking", "the key is " + Names(after_.key) + ", was " + Names(before_.key));
    }
    if (before_.cursor != after_.cursor) {
      Add("breaking", "the cursor is " + (after_.cursor.empty() ? "none" : after_.cursor) +
                          ", was " + (before_.cursor.empty() ? "none" : before_.cursor));
    }
    for (const std::string& sync : before_.sync) {
      if (!after_.CanSync(sync)) Add("breaking", "it can no longer be read with sync " + sync);
    }
    CompareFields(FieldsOf(before_), FieldsOf(after_));
  }

 private:
  void Add(const char* severity, const std::string& message) {
    changes_->push_back({before_.name, severity, message});
  }

  void CompareFields(const std::map<std::string, Field>& before,
                     const std::map<std::string, Field>& after) {
    for (const auto& [name, field] : before) {
      const auto found = after.find(name);
      if (found == after.end()) {
        Add("breaking", "column " + name + " is gone");
      } else {
        CompareField(name, field, found->second);
      }
    }
    for (const auto& [name, field] : after) {
      if (before.count(name) == 0) Add("info", "column " + name + " (" + field.type + ") is new");
    }
  }

  void CompareField(const std::string& name, const Field& before, const Field& after) {
    if (before.type != after.type) {
      const bool widens = before.type == "int64" && after.type == "float64";
      Add(widens ? "warning" : "breaking",
          "column " + name + " is " + after.type + ", was " + before.type);
    }
    if (!before.nullable && after.nullable) Add("warning", "column " + name + " may now be null");
    if (before.nullable && !after.nullable) {
      Add("info", "column " + name + " may no longer be null");
    }
  }

  const CatalogStream& before_;
  const CatalogStream& after_;
  std::vector<SchemaChange>* changes_;
};

const CatalogStream* FindStream(const std::vector<CatalogStream>& streams,
                                const std::string& name) {
  const auto found = std::find_if(streams.begin(), streams.end(),
                                  [&](const CatalogStream& each) { return each.name == name; });
  return found == streams.end() ? nullptr : &*found;
}

}  // namespace

std::vector<SchemaChange> CompareStreams(const std::vector<CatalogStream>& before,
                                         const std::vector<CatalogStream>& after) {
  std::vector<SchemaChange> changes;
  for (const CatalogStream& stream : before) {
    if (const CatalogStream* now = FindStream(after, stream.name)) {
      Comparison(stream, *now, &changes).Run();
    } else {
      changes.push_back({stream.name, "breaking", "it is gone"});
    }
  }
  for (const CatalogStream& stream : after) {
    if (FindStream(before, stream.name) == nullptr) {
      changes.push_back({stream.name, "info", "it is new"});
    }
  }
  return changes;
}

}  // namespace connhost
