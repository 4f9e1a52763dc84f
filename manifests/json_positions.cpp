#include "manifests/json_positions.h"

#include <unordered_set>

#include "base/error.h"
#include "base/json.h"

namespace connhost {
namespace {

// Walks valid JSON, so it only looks for borders.
class Scanner {
 public:
  Scanner(std::string_view text, const std::string& what) : text_(text), what_(what) {}

  Place ScanValue() {
    SkipSpace();
    Place place;
    place.at = position_;
    if (text_[offset_] == '{') {
      ScanObject(place);
    } else if (text_[offset_] == '[') {
      ScanArray(place);
    } else if (text_[offset_] == '"') {
      ScanText();
    } else {
      while (offset_ < text_.size() && !IsBorder(text_[offset_])) Step();
    }
    return place;
  }

 private:
  void ScanObject(Place& place) {
    std::unordered_set<std::string> keys;
    Step();
    for (SkipSpace(); text_[offset_] != '}'; SkipSpace()) {
      const TextPosition at = position_;
      std::string key = ScanText();
      if (!keys.insert(key).second) RefuseDuplicate(key, at);
      SkipSpace();
      Step();  // the colon
      Place member = ScanValue();
      member.key = std::move(key);
      member.at = at;
      place.children.push_back(std::move(member));
      SkipComma();
    }
    Step();
  }

  void ScanArray(Place& place) {
    place.is_list = true;
    Step();
    for (SkipSpace(); text_[offset_] != ']'; SkipSpace()) {
      place.children.push_back(ScanValue());
      SkipComma();
    }
    Step();
  }

  std::string ScanText() {
    const size_t start = offset_;
    bool escaped = false;
    for (Step(); text_[offset_] != '"'; Step()) {
      if (text_[offset_] != '\\') continue;
      escaped = true;
      Step();
    }
    Step();
    const std::string_view literal = text_.substr(start, offset_ - start);
    if (!escaped) return std::string(literal.substr(1, literal.size() - 2));
    return std::string(TextOf(ParseJson(literal, what_)));
  }

  [[noreturn]] void RefuseDuplicate(const std::string& key, TextPosition at) const {
    throw Error(
        ErrorKind::kConfig,
        FormatFindings(what_, {{"", at.line, at.column,
                                "the key '" + ShownText(key) + "' stands twice: keep one"}}));
  }

  void Step() {
    const bool newline = text_[offset_++] == '\n';
    position_ = newline ? TextPosition{position_.line + 1, 1}
                        : TextPosition{position_.line, position_.column + 1};
  }

  void SkipSpace() {
    while (offset_ < text_.size() && IsSpace(text_[offset_])) Step();
  }

  void SkipComma() {
    SkipSpace();
    if (text_[offset_] == ',') Step();
  }

  static bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
  static bool IsBorder(char c) { return IsSpace(c) || c == ',' || c == '}' || c == ']'; }

  std::string_view text_;
  const std::string& what_;
  size_t offset_ = 0;
  TextPosition position_;
};

}  // namespace

Place FindJsonPlaces(std::string_view text, const std::string& what) {
  return Scanner(text, what).ScanValue();
}

}  // namespace connhost
