#include "manifests/pattern.h"

#include <re2/re2.h>

#include <algorithm>

#include "manifests/finding.h"

namespace connhost {
namespace {

bool IsHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// \u00e1 as \x{00e1}; everything else is left to RE2.
std::string ToRe2(std::string_view text) {
  std::string translated;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      translated += text[i];
      continue;
    }
    const std::string_view digits = text.substr(std::min(i + 2, text.size()), 4);
    if (text[i + 1] == 'u' && digits.size() == 4 &&
        std::all_of(digits.begin(), digits.end(), IsHex)) {
      translated += "\\x{" + std::string(digits) + "}";
      i += 5;
    } else {
      translated += text.substr(i, 2);
      ++i;
    }
  }
  return translated;
}

re2::RE2::Options QuietOptions() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  constexpr int64_t kMostMemory = int64_t{4} << 20;
  options.set_max_mem(kMostMemory);
  return options;
}

}  // namespace

Pattern::Pattern(std::string_view text)
    : text_(text), engine_(std::make_unique<re2::RE2>(ToRe2(text), QuietOptions())) {
  if (engine_->ok()) return;
  fault_ = "the pattern '" + ShownText(text) + "' is refused, '" + ShownText(engine_->error()) +
           "': expected RE2 syntax, which has no look-ahead, look-behind or back-references";
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;

bool Pattern::Matches(std::string_view subject) const {
  return engine_->Match({subject.data(), subject.size()}, 0, subject.size(), re2::RE2::UNANCHORED,
                        nullptr, 0);
}

}  // namespace connhost
