// Ranges of versions, as connections and pins write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "manifests/version.h"

namespace connhost {

// A set of versions, immutable. Comparators separated by spaces must all hold:
//   1.2.3  =1.2.3      that version            1.2  1.x  1.2.*    any with these numbers
//   ^1.2.3             >=1.2.3 <2.0.0          ^0.2.3             >=0.2.3 <0.3.0
//   ~1.2.3  ~1.2       >=1.2.x <1.3.0          ~1                 >=1.0.0 <2.0.0
//   >1 >=1.2 <2 <=2.1  missing numbers are "any": >1 is >=2.0.0, <=2.1 is <2.2.0
//   *  x  (empty)      every release
// A pre-release is in a range only when a comparator names a pre-release of the same three numbers:
// ^1.0.0-rc.1 has 1.0.0-rc.2 but not 1.1.0-rc.1, and * has no pre-release at all.
class VersionRange {
 public:
  // Throws Error{kConfig} with a sentence.
  explicit VersionRange(std::string_view text);

  bool Contains(const Version& version) const;

  // As it was written.
  const std::string& text() const { return text_; }

 private:
  struct Bound {
    enum class Kind { kAtLeast, kAbove, kBelow, kAtMost, kSame } kind;
    Version version;
  };
  struct Partial;

  static Partial ParsePartial(std::string_view text, const std::string& whole);
  void Add(std::string_view comparator);
  void AddBounds(std::string_view sign, const Partial& partial);
  void Between(const Version& low, const Version& high);
  static bool Holds(const Bound& bound, const Version& version);

  std::string text_;
  std::vector<Bound> bounds_;  // all must hold
};

}  // namespace connhost
