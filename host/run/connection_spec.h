// A connection as `apply -f` takes it: what is read from where, and where it lands. Format:
// docs/formats/connection.md.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"
#include "manifests/places.h"

namespace connhost {

struct EndpointSpec {
  std::string connector;
  std::string version = "*";  // range, "^1.0"
  Json config;                // object
};

struct StreamSpec {
  std::string name;
  std::string sync;   // full | incremental; "": incremental where the stream can, else full
  std::string write;  // append | upsert | overwrite | history; "": by sync
  std::string cursor;
  std::string since;  // first value of the cursor
  std::vector<std::string> key;
};

struct ConnectionSpec {
  std::string tenant;
  std::string name;
  EndpointSpec source;
  EndpointSpec destination;
  std::vector<StreamSpec> streams;  // empty: every stream that discovery finds
  std::string schedule;

  std::string Label() const { return tenant + "/" + name; }
};

// Checks the document's shape and reads it. Throws Error{kConfig} with every fault; `what` names
// the document, `places` (may be nullptr) tells where its values stand.
ConnectionSpec ReadConnectionSpec(const JsonValue& document, const std::string& what,
                                  const Place* places = nullptr);

// The same for the text that the registry keeps.
ConnectionSpec StoredConnectionSpec(const std::string& text, const std::string& label);

}  // namespace connhost
