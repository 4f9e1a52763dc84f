#include "host/run/catalog.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "host/wire/schema.h"

namespace connhost {
namespace {

std::vector<std::string> Strings(const JsonValue& object, const char* name) {
  std::vector<std::string> texts;
  const JsonValue* list = FindMember(object, name);
  if (list == nullptr || !list->IsArray()) return texts;
  for (const JsonValue& item : list->GetArray()) {
    if (item.IsString()) texts.emplace_back(TextOf(item));
  }
  return texts;
}

std::string Text(const JsonValue& object, const char* name) {
  const JsonValue* value = FindMember(object, name);
  return value != nullptr && value->IsString() ? std::string(TextOf(*value)) : "";
}

bool Has(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

CatalogStream FromSchema(const std::string& name, const JsonValue& schema) {
  CatalogStream stream;
  stream.name = name;
  stream.key = Strings(schema, "key");
  stream.cursor = Text(schema, "cursor");
  stream.sync = Strings(schema, "sync");
  stream.schema = WriteJson(schema);
  return stream;
}

StreamTask PlanStream(const StreamSpec& wanted, const CatalogStream& found) {
  StreamTask task;
  task.name = found.name;
  const std::string usual = found.CanSync("incremental") ? "incremental" : "full";
  task.sync = wanted.sync.empty() ? usual : wanted.sync;
  task.mode = !wanted.write.empty() ? wanted.write : task.goes_on() ? "append" : "overwrite";
  task.key = wanted.key.empty() ? found.key : wanted.key;
  task.cursor = wanted.cursor.empty() ? found.cursor : wanted.cursor;
  task.since = wanted.since;
  return task;
}

void CheckTask(const StreamTask& task, const CatalogStream& found, const Manifest& source,
               const Manifest& destination) {
  const std::string stream = "stream '" + task.name + "': ";
  if (task.goes_on() && !found.CanSync(task.sync)) {
    throw Error(ErrorKind::kConfig, stream + "connector '" + source.id +
                                        "' cannot read it with 'sync: " + task.sync +
                                        "'; it can: " + JoinWords(found.sync));
  }
  if (!destination.HasCapability(task.mode)) {
    throw Error(ErrorKind::kConfig, stream + "connector '" + destination.id +
                                        "' cannot write with 'write: " + task.mode +
                                        "'; it can: " + JoinWords(destination.capabilities));
  }
  if (task.mode == "upsert" && task.key.empty()) {
    throw Error(ErrorKind::kConfig, stream + "'write: upsert' needs a key; add 'key: [column]'");
  }
}

}  // namespace

bool CatalogStream::CanSync(const std::string& how) const {
  return Has(sync, how);
}

CatalogStream ReadCatalogStream(const std::string& connector, std::string_view document) {
  const std::string what = "connector '" + connector + "': a stream of its catalog";
  try {
    Json stream = ParseJson(document, what);
    const std::string name = Text(stream, "name");
    const JsonValue* fields = FindMember(stream, "fields");
    if (name.empty() || fields == nullptr) {
      throw Error(ErrorKind::kInternal, what + " lacks 'name' or 'fields'");
    }
    SchemaFromJson(*fields);
    stream.RemoveMember("name");
    return FromSchema(name, stream);
  } catch (const Error& error) {
    throw Error(ErrorKind::kInternal, error.what());
  }
}

std::vector<CatalogStream> KnownStreams(Registry& registry, const std::string& tenant,
                                        const std::string& connection) {
  std::vector<CatalogStream> streams;
  for (const StreamSchema& row : registry.ListStreams(tenant, connection)) {
    streams.push_back(FromSchema(row.stream, ParseJson(row.schema, "schema of " + row.stream)));
  }
  return streams;
}

std::vector<CatalogStream> FindStreams(const Endpoint& source, int cancel_fd,
                                       const WorkerSession::LineSink& lines) {
  std::vector<CatalogStream> streams;
  WorkerSession session(source.worker, cancel_fd, lines);
  session.Call(FrameType::kCreate, 0, source.config);
  session.Call(FrameType::kAuthenticate, 0, "");
  session.Call(FrameType::kDiscover, 0, "", 0, [&](const Frame& frame) {
    if (frame.type != FrameType::kStream) return;
    streams.push_back(ReadCatalogStream(source.definition.id, frame.payload));
  });
  session.Close(std::chrono::seconds(1));
  return streams;
}

std::vector<CatalogStream> Discover(Registry& registry, const ConnectionSpec& connection,
                                    const Endpoint& source, int cancel_fd,
                                    const WorkerSession::LineSink& lines) {
  std::vector<CatalogStream> streams = FindStreams(source, cancel_fd, lines);
  for (const CatalogStream& stream : streams) {
    registry.PutStream(
        {connection.tenant, connection.name, stream.name, 0, stream.schema, NowMicros()});
  }
  return streams;
}

std::vector<StreamTask> PlanStreams(const ConnectionSpec& connection,
                                    const std::vector<CatalogStream>& catalog,
                                    const Manifest& source, const Manifest& destination) {
  std::vector<StreamSpec> wanted = connection.streams;
  std::vector<std::string> names;
  for (const CatalogStream& stream : catalog) names.push_back(stream.name);
  if (wanted.empty()) {
    for (const std::string& name : names) wanted.push_back({name, "", "", "", "", {}});
  }
  std::vector<StreamTask> tasks;
  for (const StreamSpec& stream : wanted) {
    const auto found = std::find_if(catalog.begin(), catalog.end(), [&](const CatalogStream& each) {
      return each.name == stream.name;
    });
    if (found == catalog.end()) {
      throw Error(ErrorKind::kConfig, connection.Label() + ": connector '" + source.id +
                                          "' finds no stream '" + stream.name + "'" +
                                          DidYouMean(stream.name, names) + "; it finds " +
                                          (names.empty() ? "none" : JoinWords(names)));
    }
    tasks.push_back(PlanStream(stream, *found));
    CheckTask(tasks.back(), *found, source, destination);
  }
  return tasks;
}

}  // namespace connhost
