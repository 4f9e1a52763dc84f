// What was brought over the network, kept for the next time and for when there is none:
//   DOWNLOADS/sha256-HEX/FILE        a package of that digest, whole
//   DOWNLOADS/sha256-HEX/FILE.part   its beginning, where a transfer broke off
//   DOWNLOADS/catalog-NAME/...       the index of a catalog as it was read last
//
// Nothing in here is trusted: whoever takes a file checks it again. Any number of processes may use
// one folder at once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "host/catalog/location.h"
#include "host/fetch/fetch_request.h"

namespace connhost {

class Downloads {
 public:
  // Creates nothing before the first file comes. `allow_http` as in FetchRequest.
  Downloads(std::filesystem::path root, Fetch fetch, bool allow_http);

  // The file of that digest: where it lies when it was brought before, else brought from `url`,
  // going on where an earlier transfer broke off. Error{kPolicy} when what comes has another size
  // or digest (then nothing is kept); `size` 0 when it is unknown, then at most `most_bytes`. Else
  // what Fetch throws.
  std::filesystem::path Bring(const Location& url, const std::string& sha256, uint64_t size,
                              uint64_t most_bytes);

  // A small file as text, never from an earlier time. Throws what Fetch throws.
  std::string BringText(const Location& url, size_t most_bytes) const;

  // The folder of a catalog's last index; it may not exist.
  std::filesystem::path CatalogFolder(const std::string& name) const;

  // A file of unknown digest, into a folder that the caller removes.
  void BringInto(const Location& url, const std::filesystem::path& file, uint64_t most_bytes) const;

  // Removes every package whose digest is not in `keep`, and returns the bytes freed. What another
  // process is bringing right now stays.
  uint64_t Collect(const std::set<std::string>& keep);

 private:
  void Complete(const Location& url, const std::filesystem::path& part, const std::string& sha256,
                uint64_t size, uint64_t most_bytes);

  std::filesystem::path root_;
  Fetch fetch_;
  bool allow_http_;
};

}  // namespace connhost
