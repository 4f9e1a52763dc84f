// The bytes of a file, unpacked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "plugins/ndjson/settings.h"
#include "plugins/ndjson/source_file.h"

namespace connhost::ndjson {

class ByteInput {
 public:
  virtual ~ByteInput() = default;
  // Fills the room; fewer bytes only at the end, 0 behind it. Throws ConfigFailure for damaged
  // compressed data, TransientFailure for data cut short.
  virtual size_t Read(char* room, size_t bytes) = 0;
  // Bytes of the file taken so far, for progress.
  virtual uint64_t taken() const = 0;
};

// The file must outlive the input. `compression` is not kAuto; only plain input can start at an
// offset other than 0.
std::unique_ptr<ByteInput> OpenInput(const SourceFile& file, Compression compression,
                                     uint64_t offset);

// What kAuto means for this file, by its first bytes.
Compression DetectCompression(const SourceFile& file);

}  // namespace connhost::ndjson
