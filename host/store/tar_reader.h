// The entries of an untrusted tar: only what a package may hold comes through.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "host/store/byte_source.h"

struct archive;

namespace connhost {

struct TarEntry {
  std::string name;  // a folder's without its closing slash; not checked yet
  bool is_folder = false;
  bool executable = false;  // the owner's execute bit
};

// Parses with libarchive, and refuses (Error{kPolicy}, naming `package` and the entry) links,
// devices, fifos, sparse files, set-uid, set-gid and sticky bits, a damaged or truncated tar and
// anything but zeros after its end. Owner, times and extended attributes are dropped. Errors that
// `source` throws pass through. `source` outlives the reader. One thread.
class TarReader {
 public:
  TarReader(ByteSource& source, std::string package);

  // The next entry, or nothing after the last; by then `source` was read to its end.
  std::optional<TarEntry> Next();

  // The next piece of the current entry's content, valid until the next call; empty at its end.
  std::string_view NextData();

 private:
  static ssize_t Read(struct archive* reader, void* self, const void** block);
  std::string_view Pull();
  void Check(int status, std::string_view where);
  void CheckEnd();

  ByteSource& source_;
  std::string package_;
  std::unique_ptr<struct archive, int (*)(struct archive*)> reader_;
  std::string entry_;           // the current one's name
  uint64_t data_end_ = 0;       // bytes of it seen
  uint64_t total_ = 0;          // bytes pulled from the source
  uint64_t zeros_from_ = 0;     // offset after the last byte that is not zero
  std::exception_ptr failure_;  // of the source, kept while C code is on the stack
};

}  // namespace connhost
