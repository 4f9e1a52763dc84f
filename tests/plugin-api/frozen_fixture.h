// Sessions with the plugins of tests/plugin-api/frozen/1.0, which were built against the header of
// that release alone, and what they send.
#pragma once

#include <fcntl.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "host/wire/batch.h"
#include "tests/host/process/guest_fixture.h"

namespace connhost {

using Strings = std::vector<std::string>;

inline constexpr std::string_view kNumbersRequest = R"({"stream":"numbers","sync":"incremental"})";

// What a read sent, with the frames that a destination takes kept as they came.
struct Received {
  std::string order;  // one letter a frame
  Schema schema;
  std::string schema_payload;
  Strings batches, states, origins, rejections, progress;
};

// The fixtures behind the worker of today; a destination writes to `folder_`.
class FrozenPlugin : public GuestTest {
 protected:
  WorkerSpec Fixture(const std::string& name, WorkerRole role) const {
    WorkerSpec spec = Spec("good_source", role);
    spec.connector = name;
    spec.library = std::string(FROZEN_FOLDER) +
                   (role == WorkerRole::kSource ? "/source" : "/destination") + "/lib/" + name +
                   ".so";
    spec.library_sha256 = Sha256OfFd(OpenFile(spec.library, O_RDONLY).get(), spec.library);
    if (role == WorkerRole::kDestination) spec.write_paths = {folder_.path()};
    return spec;
  }
  WorkerSpec Source() const { return Fixture("frozen-source", WorkerRole::kSource); }

  Strings Landed() const {
    std::ifstream file(folder_.path() / "numbers.txt");
    Strings lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
  }

  // Whether the guest said so; origin "log" or "stderr".
  bool Said(std::string_view text, std::string_view origin, int level) const {
    for (const GuestLine& line : lines_) {
      if (line.text == text && line.origin == origin && line.level == level) return true;
    }
    return false;
  }

  TemporaryDirectory folder_;
};

inline void Take(const Frame& frame, Received* all) {
  all->order += FrameTypeName(frame.type)[0];
  if (frame.type == FrameType::kSchema) {
    all->schema_payload = frame.payload;
    all->schema = DecodeSchema(frame.payload, frame.argument);
  } else if (frame.type == FrameType::kBatch) {
    BatchView batch;
    DecodeBatch(frame.payload, all->schema, &batch);
    all->batches.emplace_back(frame.payload);
    all->origins.push_back(std::string(batch.origin) + ":" + std::to_string(batch.first) + "+" +
                           std::to_string(batch.rows));
  } else if (frame.type == FrameType::kCheckpoint) {
    all->states.emplace_back(frame.payload);
  } else if (frame.type == FrameType::kReject) {
    const RejectPayload reject = DecodeReject(frame.payload);
    for (const std::string_view part : {reject.origin, reject.code, reject.reason, reject.raw}) {
      all->rejections.emplace_back(part);
    }
    all->rejections.push_back(std::to_string(frame.argument));
  } else if (frame.type == FrameType::kProgress) {
    all->progress.push_back(std::to_string(frame.argument) + "/" +
                            std::to_string(DecodeU64(frame.payload)));
  }
}

// Reads to the end, from `state` where there is one.
inline Received ReadNumbers(WorkerSession& session, const std::string& state = {},
                            std::string_view request = kNumbersRequest) {
  Received all;
  session.Send(FrameType::kRead, request.size(), std::string(request) + state);
  session.AwaitResult([&](const Frame& frame) { Take(frame, &all); });
  return all;
}

}  // namespace connhost
