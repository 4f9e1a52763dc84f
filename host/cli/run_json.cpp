#include "host/cli/run_json.h"

#include <cstdio>

#include "host/cli/command.h"

namespace connhost {

JsonValue RunToJson(Json* document, const ConnectorRun& run) {
  JsonValue item(rapidjson::kObjectType);
  const auto text = [&](const char* name, const std::string& value) {
    SetMember(*document, item, name, std::string_view(value));
  };
  text("run_id", run.id);
  text("connection", run.tenant + "/" + run.connection);
  text("status", RunStatusName(run.status));
  text("source", run.source_version);
  text("source_digest", run.source_digest);
  text("destination", run.destination_version);
  text("destination_digest", run.destination_digest);
  SetMember(*document, item, "started_at", JsonTime(document, run.started_at));
  SetMember(*document, item, "finished_at", JsonTime(document, run.finished_at));
  if (!run.cause.empty()) {
    text("cause_kind", run.cause_kind);
    text("cause", run.cause);
  }
  SetMember(*document, item, "metrics", JsonParsed(document, run.metrics));
  SetMember(*document, item, "cost", JsonParsed(document, run.cost));
  return item;
}

std::string Duration(int64_t micros) {
  char text[48];
  if (micros < 1'000'000) {
    std::snprintf(text, sizeof text, "%lld ms", static_cast<long long>(micros / 1000));
  } else if (micros < 60'000'000) {
    std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(micros) / 1e6);
  } else {
    const auto seconds = static_cast<long long>(micros / 1'000'000);
    std::snprintf(text, sizeof text, "%lld min %lld s", seconds / 60, seconds % 60);
  }
  return text;
}

uint64_t MetricOf(const std::string& document, const char* name) {
  const Json parsed = ParseJson(document, "the run's figures");
  const JsonValue* value = FindMember(parsed, name);
  return value != nullptr && value->IsUint64() ? value->GetUint64() : 0;
}

}  // namespace connhost
