#include "tests/host/conformance/broken_connector.h"

#include <fstream>

#include "manifests/manifest.h"

namespace connhost {
namespace {

std::string ManifestText(const std::string& role) {
  const bool source = role == "source";
  return "manifest: 1\nid: broken\nversion: 1.0.0\nname: A test\ndescription: For tests.\n"
         "publisher: connhost\nlicense: Apache-2.0\n"
         "taxonomy: {origin: public, source: file, provider: local, product: test, method: file}\n"
         "kind: " +
         role + "\nabi: 1\nplatforms: {" + CurrentPlatform() +
         ": lib/broken.so}\ncapabilities: " + (source ? "[full]" : "[append, overwrite]") +
         "\nrunners: [local]\n" + (source ? "" : "files: {write: [path]}\n") +
         "config:\n  type: object\n  additionalProperties: {type: string}\n  properties:\n"
         "    path: {type: string, description: A path.}\n"
         "    password: {type: string, writeOnly: true, description: A secret.}\n"
         "    what: {type: string, description: What it does wrong.}\n";
}

}  // namespace

BrokenConnector::BrokenConnector(const std::string& plugin, const std::string& role) {
  MakeDirectories(folder() / "lib");
  std::filesystem::copy_file(std::string(CONNHOST_BROKEN_PLUGINS) + "/" + plugin + ".so",
                             folder() / "lib/broken.so");
  std::ofstream(folder() / "manifest.yaml") << ManifestText(role);
}

VerifyOptions BrokenConnector::Options(const std::string& config) {
  VerifyOptions options;
  options.worker_program = CONNHOST_WORKER;
  options.time = std::chrono::seconds(20);
  if (!config.empty()) options.config = ReadGivenConfig(config);
  return options;
}

std::vector<Verdict> BrokenConnector::Verify(const std::string& check,
                                             const std::string& config) const {
  VerifyOptions options = Options(config);
  options.only = {check};
  return VerifyConnector(folder(), std::move(options));
}

}  // namespace connhost
