// Makes the index of a folder of packages.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "host/catalog/index.h"

namespace connhost {

struct BuildOptions {
  std::string name;     // of the catalog; "" that of the index that is there, else the folder's
  std::string channel;  // of packages the index did not have; "" stable, pre-releases preview
  std::map<std::string, std::string> marks;  // "csv@1.0.0" -> the channel it gets
  int64_t created = 0;                       // microseconds since 1970
  int64_t expires = 0;                       // 0 never
  uint64_t least_serial = 1;
};

// Reads every package of the folder with its signature and returns the index of them; channels, the
// name and the serial (one more) are carried over from the index.json that is there. Writes
// nothing. The same folder and options give the same index. Error{kPolicy} when a package is
// damaged or unsigned, or when the platforms of one version were signed by several keys;
// Error{kConfig} when the folder has no package, a name or manifest is wrong, or the index that is
// there is malformed; Error{kUsage} when a mark names no package or no channel.
CatalogIndex BuildIndex(const std::filesystem::path& folder, const BuildOptions& options);

}  // namespace connhost
