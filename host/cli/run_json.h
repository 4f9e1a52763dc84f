// Runs as --json documents and as words for tables.
#pragma once

#include <string>

#include "base/json.h"
#include "registry/records.h"

namespace connhost {

// Every column of the row; metrics and cost as documents, times as RFC 3339, "finished_at" null
// while it runs.
JsonValue RunToJson(Json* document, const ConnectorRun& run);

// "3.2 s", "1 min 5 s", "12 ms".
std::string Duration(int64_t micros);

// A member of the run's metrics or cost as a number; 0 when it is not there.
uint64_t MetricOf(const std::string& document, const char* name);

}  // namespace connhost
