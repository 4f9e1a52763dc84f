// How far a read came: the state document "ndjson/1".
#pragma once

#include <connhost/json.hpp>
#include <cstdint>
#include <map>
#include <string>

namespace connhost::ndjson {

// One file. For plain lines `offset` is where to go on and `mark` covers the bytes before it; for
// packed files and arrays, which are read again from their start, `line` records are skipped and
// `mark` covers `size`.
struct FileState {
  uint64_t size = 0;
  uint64_t offset = 0;
  uint64_t line = 0;  // lines or elements taken
  std::string mark;   // SourceFile::Mark
  bool open = false;  // the last line was taken without its end
  bool done = false;
};

//   {"files":[{"name","size","offset","line","mark","open","done"}],"after":NAME,"cursor":{...}}
//
// An incremental read without a cursor keeps every file. Any other read keeps only the file it is
// in, and in `after` the last one it has ended: files are read in the order of their names.
class ReadState {
 public:
  // `keep_files`: the first of the two. Throws StaleCursorFailure when the document is no state of
  // this shape.
  ReadState(const sdk::Json& document, bool keep_files);

  // Whether the file was read to its end earlier in this read (only without keep_files).
  bool Passed(const std::string& name) const { return !keep_files_ && name <= after_; }
  // nullptr when nothing is known of it.
  const FileState* Find(const std::string& name) const;
  void Put(const std::string& name, const FileState& file) { files_[name] = file; }
  void EndFile(const std::string& name);
  // Forgets the files that `known` does not hold.
  template <class Known>
  void Retain(const Known& known) {
    std::erase_if(files_, [&](const auto& entry) { return known.count(entry.first) == 0; });
  }
  const sdk::Json* cursor() const { return cursor_.is_null() ? nullptr : &cursor_; }

  // With the cursor's part; `ended`: the read is complete. Throws ConfigFailure when it would be
  // larger than a state may be.
  sdk::Json ToJson(const sdk::Json& cursor, bool ended) const;

 private:
  void Load(const sdk::Json& document);

  bool keep_files_;
  std::map<std::string, FileState> files_;
  std::string after_;
  sdk::Json cursor_;
};

}  // namespace connhost::ndjson
