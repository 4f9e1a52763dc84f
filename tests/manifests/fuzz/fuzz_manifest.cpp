// Any bytes as a manifest: read, or refused with Error{kConfig}; a manifest that is read has an
// example configuration and checks configurations. Run, with the fuzz preset:
//   fuzz_manifest -max_len=4096 -max_total_time=60 NEW_CORPUS tests/manifests/fuzz/corpus
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/error.h"
#include "manifests/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const connhost::Manifest manifest = connhost::ParseManifest(text, "input");
    const connhost::Json example = connhost::ExampleConfig(manifest);
    connhost::CheckConfig(manifest, connhost::WithDefaults(manifest, example));
  } catch (const connhost::Error& error) {
    if (error.kind() != connhost::ErrorKind::kConfig) std::abort();
  }
  return 0;
}
