// Packages made byte by byte, as no honest writer makes them.
#pragma once

#include <string>
#include <vector>

namespace connhost::testing {

struct RawEntry {
  std::string name;
  std::string content;
  char type =
      '0';  // ustar: 0 file, 1 hard link, 2 symbolic link, 3 char, 4 block, 5 folder, 6 fifo
  unsigned mode = 0644;
  std::string target = "";  // of a link
};

// One ustar header and content, padded. Names up to 100 bytes, whatever bytes they are.
std::string RawTarEntry(const RawEntry& entry);

inline const std::string kTarEnd(1024, '\0');

// Headers and contents in order, without the closing blocks.
std::string RawTar(const std::vector<RawEntry>& entries);

// The same through libarchive in pax format, for names and entries that ustar cannot hold.
// `holes` makes the first entry sparse.
std::string PaxTar(const std::vector<RawEntry>& entries, bool holes = false);

// A SUMS that is right for the regular files among `entries`.
RawEntry SumsOf(const std::vector<RawEntry>& entries);

// One frame; `window_log` 0 is the library's choice.
std::string Zstd(const std::string& bytes, int window_log = 0);
std::string Gzip(const std::string& bytes);

// A whole package of these entries with a manifest before and a right SUMS after them.
std::string RawPackage(std::vector<RawEntry> entries);

// The same without the compression and the closing blocks.
std::string RawPackageTar(std::vector<RawEntry> entries);

}  // namespace connhost::testing
