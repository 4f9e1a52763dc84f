// Cuts one large JSON document into the elements of an array in it, whatever the boundaries of the
// chunks it comes in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/ndjson/record_sink.h"
#include "plugins/ndjson/value_scanner.h"

namespace connhost::ndjson {

// Holds at most one element, of at most `max_record` bytes. An element's text is as it stands in
// the document, except that control characters between its tokens become spaces. Inside an element
// only brackets and strings are followed. A document damaged elsewhere throws ConfigFailure with
// its name and the byte position (from 0). One thread.
class ElementSplitter {
 public:
  // `pointer`: the members and indexes that lead to the array; empty: the document is the array.
  // `name`: of the file, for sentences.
  ElementSplitter(std::string name, std::vector<std::string> pointer, size_t max_record)
      : name_(std::move(name)), pointer_(std::move(pointer)), max_record_(max_record) {}

  void Feed(std::string_view chunk, RecordSink& sink);

  // The end of the input; throws TransientFailure when the document is not complete.
  void Finish() const;

 private:
  enum class Expect {
    kContainer,     // the array, or an object or array on the way to it
    kFirstKey,      // key or }
    kKey,           // key
    kInKey,         // inside a key
    kColon,         // :
    kFirstItem,     // item of an array on the way, or ]
    kItem,          // item
    kOther,         // a value that is not on the way
    kInOther,       // inside it
    kNext,          // , or the end of a container on the way
    kFirstElement,  // element or ]
    kElement,       // element
    kInElement,     // inside it
    kNextElement,   // , or ]
    kRest,          // inside what follows the array
    kEnd,           // nothing
  };

  bool SkipMark(char c);
  const char* Step(const char* p, const char* end, RecordSink& sink);
  void Enter(char c);
  void TakeKey();
  void CloseArray();
  void StartValue(char c, Expect inside);
  void Hold(std::string_view part);
  void EndElement(std::string_view last, uint64_t end, RecordSink& sink);
  const char* ScanHeld(const char* p, const char* end, std::string_view* last);
  std::string Place() const;
  [[noreturn]] void Unexpected(char found, const std::string& expected) const;
  [[noreturn]] void NoArray() const;

  std::string name_;
  std::vector<std::string> pointer_;
  size_t max_record_;
  Expect expect_ = Expect::kContainer;
  size_t level_ = 0;  // tokens of the pointer that lie behind
  bool in_object_ = false;
  uint64_t item_ = 0;      // index in an array on the way
  uint64_t elements_ = 0;  // ended
  uint64_t offset_ = 0;    // of the byte looked at
  size_t mark_bytes_ = 0;  // of a byte order mark
  ValueScanner scanner_;
  bool too_large_ = false;
  std::string held_;  // the element or key so far; when too large, its head
};

}  // namespace connhost::ndjson
