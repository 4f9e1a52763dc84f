#include "host/run/rewind_plan.h"

#include <climits>

#include "base/error.h"
#include "base/json.h"

namespace connhost {
namespace {

uint64_t NumberOf(const JsonValue& object, const char* name) {
  const JsonValue* value = FindMember(object, name);
  return value != nullptr && value->IsUint64() ? value->GetUint64() : 0;
}

// Adds what one run committed of the stream.
void Add(const ConnectorRun& run, RewoundStream* rewound) {
  const Json metrics = ParseJson(run.metrics, "the figures of run " + run.id);
  const JsonValue* streams = FindMember(metrics, "streams");
  if (streams == nullptr || !streams->IsArray()) return;
  for (const JsonValue& figures : streams->GetArray()) {
    const JsonValue* name = FindMember(figures, "stream");
    if (name == nullptr || !name->IsString() || TextOf(*name) != rewound->then.stream) continue;
    if (NumberOf(figures, "sequence") <= rewound->then.sequence) continue;
    rewound->runs += 1;
    rewound->records += NumberOf(figures, "records_written");
  }
}

}  // namespace

std::vector<RewoundStream> PlanRewind(Registry& registry, const ConnectorRun& run,
                                      const std::string& stream) {
  std::vector<RewoundStream> plan;
  for (StreamState& state : registry.StatesOfRun(run.id)) {
    if (!stream.empty() && state.stream != stream) continue;
    const auto now = registry.CurrentState(run.tenant, run.connection, state.stream);
    plan.push_back({now.value_or(state), std::move(state)});
  }
  if (plan.empty()) {
    throw Error(ErrorKind::kConfig, "run " + run.id + " left no state" +
                                        (stream.empty() ? "" : " of '" + stream + "'"));
  }
  for (const ConnectorRun& later : registry.ListRuns({run.tenant, run.connection, "", INT_MAX})) {
    if (later.started_at <= run.started_at) continue;
    for (RewoundStream& rewound : plan) Add(later, &rewound);
  }
  return plan;
}

}  // namespace connhost
