// What must agree before a package may become an installed connector.
#pragma once

#include <functional>
#include <string>

#include "host/store/package_name.h"
#include "host/store/package_paths.h"
#include "manifests/manifest.h"

namespace connhost {

// What a connector says of itself when it is loaded.
struct Description {
  std::string id;
  std::string version;
  int abi = 0;
  bool source = false;
  bool destination = false;
};

// Loads the package's library in a sandboxed worker and asks it. Throws Error of any kind.
using Describe = std::function<Description(const PackagePaths&, const Manifest&)>;

// The manifest at the root of an unpacked package or of a folder to pack; `what` names it in
// sentences. Error{kConfig}.
Manifest ReadPackageManifest(const std::filesystem::path& root, const std::string& what);

// A package's file name must follow the grammar (Error{kConfig}) and be for `platform`
// (Error{kUnsupported}).
PackageName CheckPackageName(const std::string& file_name, const std::string& platform);

// Error{kConfig} when the file's name and the manifest disagree.
void CheckNameAgainstManifest(const PackageName& name, const Manifest& manifest);

// Error{kPolicy} that lists every difference in id, version, abi and kind.
void CheckDescription(const Description& description, const Manifest& manifest);

}  // namespace connhost
