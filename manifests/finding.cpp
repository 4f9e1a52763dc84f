#include "manifests/finding.h"

#include <algorithm>

#include "base/text.h"
#include "manifests/json_pointer.h"

namespace connhost {
namespace {

// "/streams/0/key" as "streams[0].key".
std::string DottedPath(std::string_view pointer) {
  std::string path;
  for (const std::string& token : PointerTokens(pointer)) {
    const bool index = !token.empty() && std::all_of(token.begin(), token.end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
    if (index) {
      path += "[" + ShownText(token) + "]";
    } else {
      path += (path.empty() ? "" : ".") + ShownText(token);
    }
  }
  constexpr size_t kLongest = 400;
  return ShownText(path, kLongest);
}

std::string FormatFinding(const std::string& what, const Finding& finding) {
  std::string text = what;
  if (finding.line > 0) {
    text += ": line " + std::to_string(finding.line) + ", column " + std::to_string(finding.column);
  }
  if (!finding.pointer.empty()) text += ": " + DottedPath(finding.pointer);
  return text + ": " + finding.message;
}

}  // namespace

std::string FormatFindings(const std::string& what, const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    if (!text.empty()) text += "\n";
    text += FormatFinding(what, finding);
  }
  return text;
}

std::string ShownText(std::string_view text, size_t longest) {
  constexpr char kDigits[] = "0123456789abcdef";
  const bool cut = text.size() > longest;
  if (cut) {
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0) == 0x80) --longest;
    text = text.substr(0, longest);
  }
  std::string shown;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7F) {
      shown += c;
    } else {
      shown += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return ReplaceInvalidUtf8(shown) + (cut ? "..." : "");
}

std::string ShownValue(const JsonValue& value) {
  if (value.IsString()) return "'" + ShownText(TextOf(value)) + "'";
  if (value.IsObject()) return "a mapping";
  if (value.IsArray()) return "a list";
  return WriteJson(value);
}

}  // namespace connhost
