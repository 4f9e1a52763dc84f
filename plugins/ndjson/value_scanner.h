// Finds the end of one JSON value in input that comes in chunks.
#pragma once

namespace connhost::ndjson {

// Follows brackets and strings only; whether the value is valid is checked by who receives it.
class ValueScanner {
 public:
  // A value follows; `first` is its first byte, which Scan will be given.
  void Start(char first);
  // The rest of `depth` (> 0) open containers follows.
  void StartInside(unsigned depth);

  // Takes bytes up to the end of the value: behind its last byte, or nullptr when it goes on behind
  // `end`. A number or word ends before the comma, bracket or white space that follows it.
  const char* Scan(const char* p, const char* end);

  // Whether control characters stood between the tokens.
  bool has_controls() const { return has_controls_; }

 private:
  const char* ScanString(const char* p, const char* end);

  unsigned long long depth_ = 0;
  bool scalar_ = false;
  bool in_string_ = false;
  bool escaped_ = false;  // the chunk ended behind a backslash
  bool has_controls_ = false;
};

}  // namespace connhost::ndjson
