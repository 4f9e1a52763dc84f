// Wall time as the tables and envelopes write it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace connhost {

// Microseconds since 1970-01-01T00:00:00Z.
int64_t NowMicros();

// "2026-11-21T14:03:12.123456Z".
std::string FormatTime(int64_t micros);

// Microseconds of "2026-11-21T14:03:12Z", in exactly this form; nullopt for anything else.
std::optional<int64_t> ParseUtcTime(std::string_view text);

// A run's id: sorts by time, unique over machines: "20261121T140312-k3f9x2ab" (24 bytes).
std::string NewRunId();

// Milliseconds of a clock that never jumps.
int64_t SteadyMillis();

}  // namespace connhost
