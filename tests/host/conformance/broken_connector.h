// Connectors for tests: a plugin of tests/broken_plugins with a manifest, as a folder that `pack`
// would take.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/files.h"
#include "host/conformance/verify.h"

namespace connhost {

class BrokenConnector {
 public:
  // `role`: "source" or "destination". The configuration takes any text fields, one of them, the
  // `password`, marked writeOnly; a destination's `path` is a folder to write.
  explicit BrokenConnector(const std::string& plugin, const std::string& role = "source");

  const std::filesystem::path& folder() const { return folder_.path(); }

  // Options with a worker, this configuration (JSON; "": none) and little patience.
  static VerifyOptions Options(const std::string& config);

  // The verdicts of one check.
  std::vector<Verdict> Verify(const std::string& check, const std::string& config = "") const;

 private:
  TemporaryDirectory folder_;
};

}  // namespace connhost
