// Writes the seeds of the fuzzers: wire_make_corpus FOLDER fills FOLDER/fuzz_batch and
// FOLDER/fuzz_frame. To be run again when the format changes.
#include <cstdio>
#include <filesystem>

#include "base/files.h"
#include "tests/host/wire/fuzz/fuzz_inputs.h"
#include "tests/host/wire/socket_peer.h"
#include "tests/host/wire/test_batches.h"

namespace connhost {
namespace {

std::string EncodedBatch(const Schema& schema, uint32_t rows, uint32_t seed) {
  const connhost_origin origin{{"orders.csv", 10}, 5};
  return TestBatch(schema, RandomCells(schema, rows, seed)).Payload(&origin);
}

void WriteBatches(const std::filesystem::path& folder) {
  MakeDirectories(folder);
  for (const Column& column : EveryType().columns) {
    const Schema schema{{column}};
    const std::string name = column.TypeName().substr(0, column.TypeName().find('('));
    WriteFileAtomic(folder / name, BatchInput(schema, EncodedBatch(schema, 9, 1)));
  }
  for (const uint32_t rows : {1U, 8U, 65U}) {
    WriteFileAtomic(folder / ("every-type-" + std::to_string(rows)),
                    BatchInput(EveryType(), EncodedBatch(EveryType(), rows, rows)));
  }
}

void WriteFrames(const std::filesystem::path& folder) {
  MakeDirectories(folder);
  const Schema schema = EveryType();
  const std::string table = RawFrame(7, 0, schema.columns.size(), EncodeSchema(schema)) +
                            RawFrame(FrameType::kBatch, EncodedBatch(schema, 3, 2));
  const std::string from_worker =
      RawFrame(FrameType::kReady, "{}") + table + RawFrame(FrameType::kAlive, "") +
      RawFrame(FrameType::kCheckpoint, "{\"line\":3}") +
      RawFrame(FrameType::kReject, EncodeReject({"orders.csv", "ragged_row", "why", "a,b"})) +
      RawFrame(FrameType::kProgress, EncodeU64(9)) + RawFrame(FrameType::kReceipt, EncodeU64(9)) +
      RawFrame(FrameType::kResult, EncodeResult({100, "slow down"}));
  const std::string from_host = RawFrame(FrameType::kHello, "{}") +
                                RawFrame(FrameType::kDiscover, "") + table +
                                RawFrame(9, kFlagLast, 4, "{}") + RawFrame(FrameType::kClose, "");
  for (const int piece : {0, 7, 100}) {
    const std::string name = std::to_string(piece);
    WriteFileAtomic(folder / ("worker-" + name),
                    std::string(1, static_cast<char>(piece * 2)) + from_worker);
    WriteFileAtomic(folder / ("host-" + name),
                    std::string(1, static_cast<char>(piece * 2 + 1)) + from_host);
  }
}

}  // namespace
}  // namespace connhost

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: wire_make_corpus FOLDER\n");
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  connhost::WriteBatches(folder / "fuzz_batch");
  connhost::WriteFrames(folder / "fuzz_frame");
  return 0;
}
