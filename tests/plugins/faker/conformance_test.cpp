#include <connhost/conformance.hpp>

CONNHOST_CONFORMANCE([] {
  connhost::sdk::Quirks quirks;
  quirks.config =
      R"({"rows":300,"batch_rows":20,"checkpoint_every":7,"reject_every":11,"streams":2})";
  quirks.larger = R"({"rows":20000,"batch_rows":20,"checkpoint_every":7,"reject_every":11})";
  quirks.skip["secrets"] = "it has none";
  return quirks;
}());
