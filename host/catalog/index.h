// The index of a catalog: which packages it has. Format: docs/formats/catalog.md.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace connhost {

inline constexpr std::string_view kIndexName = "index.json";
inline constexpr size_t kMostIndexBytes = size_t{16} << 20;

struct IndexFile {
  std::string file;  // its name beside the index
  uint64_t size = 0;
  std::string sha256;
  bool operator==(const IndexFile&) const = default;
};

struct IndexPackage {
  std::string id;
  std::string version;
  std::string kind;  // source | destination | both
  std::string description;
  std::string publisher;
  std::string channel;  // stable | preview | deprecated
  std::string signer;   // id of the key that signed every file of it
  int abi = 1;
  std::map<std::string, IndexFile> platforms;  // "linux-x86_64" -> its file
  bool operator==(const IndexPackage&) const = default;
};

struct CatalogIndex {
  std::string name;
  uint64_t serial = 0;  // grows with each build
  int64_t created = 0;  // microseconds since 1970
  int64_t expires = 0;  // 0 never
  std::vector<IndexPackage> packages;

  const IndexPackage* Find(std::string_view id, std::string_view version) const;
};

// Error{kConfig} with every fault. Says nothing about who wrote it: OpenIndex does.
CatalogIndex ParseIndex(std::string_view text, const std::string& what);

// Packages sorted by id, then version by precedence; the same index gives the same bytes.
std::string WriteIndex(CatalogIndex index);

}  // namespace connhost
