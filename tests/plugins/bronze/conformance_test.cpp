#include <connhost/conformance.hpp>

CONNHOST_CONFORMANCE([] {
  connhost::sdk::Quirks quirks;
  quirks.skip["secrets"] = "it has none";
  return quirks;
}());
