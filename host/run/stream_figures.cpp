#include "host/run/stream_figures.h"

namespace connhost {

JsonValue StreamFigures::ToJson(Json* document) const {
  JsonValue object(rapidjson::kObjectType);
  const auto text = [&](const char* name, const std::string& value) {
    SetMember(*document, object, name, std::string_view(value));
  };
  const auto number = [&](const char* name, uint64_t value) {
    SetMember(*document, object, name, JsonValue(value));
  };
  const auto seconds = [&](const char* name, int64_t micros) {
    SetMember(*document, object, name, JsonValue(static_cast<double>(micros) / 1e6));
  };
  text("stream", stream);
  text("status", status);
  if (!cause.empty()) {
    text("cause_kind", cause_kind);
    text("cause", cause);
  }
  number("records_read", records_read);
  number("records_written", records_written);
  number("records_rejected", records_rejected);
  number("records_filtered", records_filtered);
  number("bytes_read", bytes_read);
  number("bytes_written", bytes_written);
  number("batches", batches);
  number("commits", commits);
  number("sequence", sequence);
  number("attempts", attempts);
  seconds("wait_source_seconds", wait_source_micros);
  seconds("wait_destination_seconds", wait_destination_micros);
  seconds("pipeline_seconds", pipeline_micros);
  seconds("wall_seconds", wall_micros);
  SetMember(*document, object, "guest_cpu_seconds", JsonValue(guest_cpu_seconds));
  number("guest_peak_bytes", guest_peak_bytes);
  return object;
}

}  // namespace connhost
