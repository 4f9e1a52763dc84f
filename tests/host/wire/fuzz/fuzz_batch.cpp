#include <cstddef>
#include <cstdint>

#include "tests/host/wire/fuzz/fuzz_inputs.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  connhost::FuzzBatch({reinterpret_cast<const char*>(data), size});
  return 0;
}
