#include "host/run/call_requests.h"

#include "base/json.h"

namespace connhost {
namespace {

void AddText(Json* document, const char* name, const std::string& text) {
  SetMember(*document, *document, name, std::string_view(text));
}

void AddList(Json* document, const char* name, const std::vector<std::string>& texts) {
  JsonValue list(rapidjson::kArrayType);
  for (const std::string& text : texts) {
    list.PushBack(JsonValue(text.c_str(), document->GetAllocator()), document->GetAllocator());
  }
  SetMember(*document, *document, name, std::move(list));
}

}  // namespace

std::string ReadRequestText(const StreamTask& task) {
  Json request(rapidjson::kObjectType);
  AddText(&request, "stream", task.name);
  AddText(&request, "sync", task.sync);
  AddList(&request, "key", task.key);
  if (!task.cursor.empty()) AddText(&request, "cursor", task.cursor);
  if (!task.since.empty()) AddText(&request, "since", task.since);
  return WriteJson(request);
}

std::string RecoverRequestText(const WriteTarget& target, const StreamTask& task) {
  Json request(rapidjson::kObjectType);
  AddText(&request, "tenant", target.tenant);
  AddText(&request, "connection", target.connection);
  AddText(&request, "stream", task.name);
  AddText(&request, "connector", target.connector);
  AddText(&request, "run_id", target.run_id);
  AddText(&request, "mode", task.mode);
  AddList(&request, "key", task.key);
  if (!task.cursor.empty()) AddText(&request, "cursor", task.cursor);
  if (target.restart) SetMember(request, request, "restart", JsonValue(true));
  return WriteJson(request);
}

}  // namespace connhost
