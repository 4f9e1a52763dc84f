// The class an author of a source derives from.
#pragma once

#include <string>
#include <vector>

#include "host.hpp"
#include "json.hpp"
#include "output.hpp"

namespace connhost::sdk {

// One stream of the catalog.
struct StreamInfo {
  std::string name;
  std::vector<Column> columns;
  std::vector<std::string> key;
  std::string cursor;
  bool incremental = false;
  std::string description{};
  bool cdc = false;  // its changes can be read as they were made
};

class Catalog {
 public:
  explicit Catalog(const connhost_catalog* catalog) : catalog_(catalog) {}

  void Add(const StreamInfo& stream) {
    Json document = Json::Object();
    document.Set("name", Json::String(stream.name));
    Json fields = Json::Array();
    for (const Column& column : stream.columns) {
      Json field = Json::Object();
      field.Set("name", Json::String(column.name));
      field.Set("type", Json::String(TypeName(column)));
      field.Set("nullable", Json::Bool(column.nullable));
      if (!column.native.empty()) field.Set("native", Json::String(column.native));
      fields.Append(std::move(field));
    }
    document.Set("fields", std::move(fields));
    Json key = Json::Array();
    for (const std::string& name : stream.key) key.Append(Json::String(name));
    document.Set("key", std::move(key));
    if (!stream.cursor.empty()) document.Set("cursor", Json::String(stream.cursor));
    Json sync = Json::Array();
    sync.Append(Json::String("full"));
    if (stream.incremental) sync.Append(Json::String("incremental"));
    if (stream.cdc) sync.Append(Json::String("cdc"));
    document.Set("sync", std::move(sync));
    if (!stream.description.empty()) {
      document.Set("description", Json::String(stream.description));
    }
    if (catalog_->stream(catalog_, ToText(document.Write())) != CONNHOST_OK) throw Cancelled{};
  }

 private:
  const connhost_catalog* catalog_;
};

struct ReadRequest {
  std::string stream;
  bool incremental = false;
  bool cdc = false;
  std::vector<std::string> key;
  std::string cursor;  // column, "" none
  std::string since;   // first value of the cursor, "" none
  Json state;          // null: from the start

  static ReadRequest From(const connhost_read_request& raw) {
    const Json document = Json::Parse(ToView(raw.stream), "the read request");
    ReadRequest request;
    request.stream = document.GetString("stream");
    request.incremental = document.GetString("sync") == "incremental";
    request.cdc = document.GetString("sync") == "cdc";
    request.key = document.GetStrings("key");
    request.cursor = document.GetString("cursor");
    request.since = document.GetString("since");
    if (raw.state.size > 0) request.state = Json::Parse(ToView(raw.state), "the stored state");
    return request;
  }
};

// Derived classes have a constructor (const Json& config, Host host). Every method may throw a
// Failure with the sentence for the operator. All on the main thread.
class Source {
 public:
  virtual ~Source() = default;
  virtual void Authenticate() = 0;
  virtual void Discover(Catalog& catalog) = 0;
  // Reads one stream to its end as it stands now; checkpoints as often as it can resume, and at the
  // end.
  virtual void Read(const ReadRequest& request, Output& output) = 0;
};

}  // namespace connhost::sdk
