// A regular expression of a schema, matched by RE2: time linear in the text, whatever the pattern.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace connhost {

// Immutable; Matches may be called from any thread. The syntax is RE2's plus \uXXXX. Look-ahead,
// look-behind, back-references and \cX are refused, because no linear-time engine has them.
class Pattern {
 public:
  explicit Pattern(std::string_view text);
  ~Pattern();
  Pattern(Pattern&&) noexcept;

  // "" or why the pattern is refused; Matches REQUIRES "".
  const std::string& fault() const { return fault_; }

  const std::string& text() const { return text_; }

  // True when the pattern occurs anywhere in `subject` (patterns are not anchored by themselves).
  bool Matches(std::string_view subject) const;

 private:
  std::string text_;
  std::string fault_;
  std::unique_ptr<re2::RE2> engine_;
};

}  // namespace connhost
