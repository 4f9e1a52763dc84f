#include <string>

#include "base/text.h"
#include "host/wire/byte_reader.h"
#include "host/wire/byte_writer.h"
#include "host/wire/frame.h"

namespace connhost {
namespace {

void AppendCounted(std::string* payload, std::string_view bytes) {
  AppendBytes(payload, static_cast<uint32_t>(bytes.size()));
  payload->append(bytes);
}

}  // namespace

std::string EncodeU64(uint64_t value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

uint64_t DecodeU64(std::string_view payload) {
  ByteReader reader(payload, "the number of a frame");
  const auto value = reader.Number<uint64_t>();
  reader.End();
  return value;
}

std::string EncodeResult(const ResultPayload& result) {
  return EncodeU64(result.retry_after_ms) + ReplaceInvalidUtf8(result.sentence);
}

ResultPayload DecodeResult(std::string_view payload) {
  ByteReader reader(payload, "a RESULT frame");
  const auto retry_after_ms = reader.Number<uint64_t>();
  return {retry_after_ms, std::string(reader.RestAsText())};
}

std::string EncodeReject(const RejectPayload& reject) {
  std::string payload;
  AppendCounted(&payload, ReplaceInvalidUtf8(reject.origin));
  AppendCounted(&payload, ReplaceInvalidUtf8(reject.code));
  AppendCounted(&payload, ReplaceInvalidUtf8(reject.reason));
  AppendCounted(&payload, reject.raw);
  return payload;
}

RejectPayload DecodeReject(std::string_view payload) {
  ByteReader reader(payload, "a REJECT frame");
  RejectPayload reject;
  reject.origin = reader.CountedText();
  reject.code = reader.CountedText();
  reject.reason = reader.CountedText();
  reject.raw = reader.Counted();
  reader.End();
  return reject;
}

}  // namespace connhost
