// What a commit leaves beside the data file, so that a crash can be undone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace connhost::csv {

// The document: {"sequence", "state", "bytes", "start", "columns": [...], "complete"}.
struct CommitMarker {
  uint64_t sequence = 0;             // 0: nothing committed yet
  std::string state;                 // of that commit
  uint64_t bytes = 0;                // of the data file that are committed
  uint64_t start = 0;                // where the data of `sequence` begins in it
  std::vector<std::string> columns;  // of the data file
  bool complete = false;             // an overwrite that takes effect

  // False when there is no such file. Throws ConfigFailure when it is damaged.
  bool Load(const std::string& path);
  // After this returns the marker is durable; a crash leaves the old one or the new one.
  void Save(const std::string& path) const;
};

// Throws what errno asks for, with the path: ConfigFailure where 'path' must be mended, else
// TransientFailure, which on a full disk says to make room.
[[noreturn]] void ThrowErrno(const std::string& what, const std::string& path);

// Small file operations that fail so.
void RenameDurably(const std::string& from, const std::string& to);
bool Exists(const std::string& path);
void RemoveIfThere(const std::string& path);
void SyncFolderOf(const std::string& path);
void WriteFully(int fd, std::string_view bytes, const std::string& path);

}  // namespace connhost::csv
