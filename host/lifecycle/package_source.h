// A package that is about to be installed, and what vouches for it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/files.h"

namespace connhost {

enum class SignatureRule {
  kShipped,          // it came with the program and is trusted as the program is
  kUnsignedAllowed,  // a person said so: without a signature it is taken, a bad one refuses it
  kRequired,
};

struct PackageSource {
  std::filesystem::path path;  // the file; its signature lies beside it
  std::string origin;          // shipped, a path, an address, "catalog acme": for people
  SignatureRule signature = SignatureRule::kRequired;
  // What was promised of it before it was seen; "" nothing.
  std::string sha256;
  std::string signer;
  std::string promised_by;  // "the catalog acme", "connhost.lock"
  // Holds `path` when it lies in a folder that is to be gone afterwards.
  std::shared_ptr<TemporaryDirectory> keep;
};

}  // namespace connhost
