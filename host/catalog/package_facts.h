// What an index says of one package file, read from the file itself.
#pragma once

#include <filesystem>
#include <string>

#include "host/signature/message_digest.h"
#include "host/signature/signature.h"
#include "host/store/package_name.h"
#include "manifests/manifest.h"

namespace connhost {

struct PackageFacts {
  PackageName name;
  uint64_t size = 0;
  FileDigests digests;
  Manifest manifest;
  Signature signature;  // from the file beside it; not yet verified
};

// Reads and checks the whole package (its SUMS too), and the signature beside it. Error{kPolicy}
// when the package is damaged, unsigned, or signed as something else; Error{kConfig} when its name
// or manifest is wrong.
PackageFacts ReadPackageFacts(const std::filesystem::path& package);

}  // namespace connhost
