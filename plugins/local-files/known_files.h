// Which files an incremental read has seen, and as they were: the state document "local-files/1".
#pragma once

#include <sys/stat.h>

#include <connhost/json.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace connhost::local_files {

//   {"files":[PATH,SIGNATURE,PATH,SIGNATURE,...]}     of an incremental read
//   {"last":PATH}                                     of a full one: where it goes on
//
// A signature is 16 hex digits over size and time of change. A state may have 1 MiB: that is about
// ten thousand files with paths of 80 bytes. One thread.
class KnownFiles {
 public:
  // Throws StaleCursorFailure when the document has another shape.
  explicit KnownFiles(const sdk::Json& state);

  // Marks the path as present. True when it is new or was changed.
  bool IsChanged(const std::string& path, const struct stat& info);
  // Marks it as present, whatever it is.
  void Touch(const std::string& path);
  // Takes the file as it is; to be called when its record was emitted.
  void Put(const std::string& path, const struct stat& info);
  void Erase(const std::string& path) { files_.erase(path); }
  // The paths nobody marked.
  std::vector<std::string> Missing() const;

  // Throws ConfigFailure when there are more files than a state can hold.
  sdk::Json ToJson() const;

 private:
  struct Entry {
    std::string signature;
    bool present = false;
  };
  std::map<std::string, Entry> files_;
};

}  // namespace connhost::local_files
