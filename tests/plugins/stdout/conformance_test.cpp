#include <connhost/conformance.hpp>

CONNHOST_CONFORMANCE([] {
  connhost::sdk::Quirks quirks;
  for (const char* check : {"commit", "recover", "repeat"}) {
    quirks.skip[check] = "it prints, and keeps no commits";
  }
  quirks.skip["secrets"] = "it has none";
  return quirks;
}());
