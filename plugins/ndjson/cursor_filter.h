// Lets through the records that an incremental read by cursor has not had yet.
#pragma once

#include <connhost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

namespace connhost::ndjson {

// A cursor value: a JSON number, ordered by its exact value, or a string, ordered bytewise.
struct CursorValue {
  enum class Kind { kNone, kNumber, kString, kGiven };  // kGiven: as text by a person, either kind
  Kind kind = Kind::kNone;
  std::string text;

  // From the raw text of a JSON value; kNone when it is neither number nor string.
  void Assign(std::string_view raw);
  sdk::Json ToJson() const;
  static CursorValue From(const sdk::Json* json);

  // True, and the order in `order`, when the two kinds compare.
  static bool Compare(const CursorValue& a, const CursorValue& b, int* order);
};

// Passes records whose cursor lies at or above where the last run ended, without those of exactly
// that value that it had: they are known by 64-bit hashes of their text, at most kMostTies. Two
// records of the same text and cursor count as one when a run ends between them. One thread.
class CursorFilter {
 public:
  static constexpr size_t kMostTies = 10000;

  // `state` is what State() gave, or null; `since` the first value when there is no state.
  CursorFilter(const sdk::Json* state, const std::string& since);

  enum class Verdict { kTake, kKnown, kMissing, kOtherType };
  // Judges a record by the raw text of its cursor ("" when it has none) and notes it when taken.
  Verdict Judge(std::string_view raw, std::string_view document);

  // Where this run began and how far it came. After Finish: where the next begins.
  sdk::Json State() const;
  void Finish();

  // The number of ties went beyond kMostTies: the next run reads some of them again.
  bool overflowed() const { return next_.overflowed; }

 private:
  struct Bound {
    CursorValue value;
    std::unordered_set<uint64_t> ties;
    bool overflowed = false;

    void Load(const sdk::Json* json);
    sdk::Json ToJson() const;
    void AddTie(uint64_t hash);
  };

  Bound base_, next_;
  CursorValue current_;
};

}  // namespace connhost::ndjson
