#include <cstdlib>
#include <optional>

#include "base/error.h"
#include "host/wire/batch.h"
#include "tests/host/wire/fuzz/fuzz_inputs.h"
#include "tests/host/wire/socket_peer.h"

namespace connhost {
namespace {

// What the owner of a channel would do with the payload.
void Decode(const Frame& frame, std::optional<Schema>* schema) {
  BatchView batch;
  switch (frame.type) {
    case FrameType::kSchema:
      *schema = DecodeSchema(frame.payload, frame.argument);
      break;
    case FrameType::kBatch:
      if (*schema) DecodeBatch(frame.payload, **schema, &batch);
      break;
    case FrameType::kResult:
      DecodeResult(frame.payload);
      break;
    case FrameType::kReject:
      DecodeReject(frame.payload);
      break;
    case FrameType::kProgress:
    case FrameType::kReceipt:
      DecodeU64(frame.payload);
      break;
    default:
      break;
  }
}

void Drain(Channel* channel, std::optional<Schema>* schema) {
  Frame frame;
  while (channel->Receive(&frame) == Channel::Progress::kDone) Decode(frame, schema);
}

}  // namespace

void FuzzFrame(std::string_view input) {
  if (input.empty()) return;
  const auto first = static_cast<unsigned char>(input[0]);
  const size_t piece = first / 2 == 0 ? input.size() : first / 2;
  Line line((first & 1) == 0 ? Channel::Side::kHost : Channel::Side::kWorker);
  std::optional<Schema> schema;
  try {
    for (size_t at = 1; at < input.size();) {
      at += line.peer.SendSome(input.substr(at, piece));
      Drain(&line.channel, &schema);
    }
    line.peer.Close();
    Drain(&line.channel, &schema);
  } catch (const Error& error) {
    if (!std::string_view(error.what()).starts_with("protocol fault: ")) std::abort();
  }
}

}  // namespace connhost
