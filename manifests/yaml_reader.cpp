#include "manifests/yaml_reader.h"

#include <optional>
#include <utility>

#include "base/error.h"
#include "manifests/json_depth.h"
#include "manifests/json_positions.h"
#include "manifests/yaml_builder.h"

namespace connhost {
namespace {

constexpr size_t kLargestText = size_t{1} << 20;

[[noreturn]] void Refuse(const std::string& what, TextPosition at, const std::string& message) {
  throw Error(ErrorKind::kConfig, FormatFindings(what, {{"", at.line, at.column, message}}));
}

void CheckBytes(std::string_view text, const std::string& what) {
  if (text.size() > kLargestText) {
    throw Error(ErrorKind::kConfig,
                what + ": expected at most 1 MiB, found " + HumanBytes(text.size()));
  }
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool allowed = byte >= 0x20 || byte == '\n' || byte == '\r' || byte == '\t';
    if (!allowed || byte == 0x7F) {
      Refuse(what, PositionOf(text, i),
             "expected text, found the control character " + ShownText(text.substr(i, 1)));
    }
  }
  if (IsValidUtf8(text)) return;
  size_t line_start = 0;
  while (true) {
    const size_t end = text.find('\n', line_start);
    const std::string_view line = text.substr(line_start, end - line_start);
    if (!IsValidUtf8(line)) {
      Refuse(what, PositionOf(text, line_start), "expected UTF-8, found other bytes in this line");
    }
    line_start = end + 1;
  }
}

// The YAML library takes some tabs for spaces and so guesses a structure the author did not mean.
void RefuseTabs(std::string_view text, const std::string& what) {
  size_t start = 0;
  while (start < text.size()) {
    const size_t end = std::min(text.find('\n', start), text.size());
    const size_t content = text.find_first_not_of(" \t\r", start);
    const size_t tab = text.find('\t', start);
    if (content < end && tab < content) {
      Refuse(what, PositionOf(text, tab), "found a tab in the indentation: use spaces");
    }
    start = end + 1;
  }
}

// What the first two characters say. Flow-style YAML may look like JSON, hence "maybe".
enum class Looks { kYaml, kMaybeJson, kJson };

Looks LookOf(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return Looks::kYaml;
  if (text[first] == '[') return Looks::kMaybeJson;
  if (text[first] != '{') return Looks::kYaml;
  const size_t second = text.find_first_not_of(" \t\r\n", first + 1);
  if (second == std::string_view::npos) return Looks::kMaybeJson;
  return text[second] == '"' ? Looks::kJson : Looks::kMaybeJson;
}

std::optional<TextDocument> TryJson(std::string_view text, const std::string& what, Looks looks) {
  std::optional<Json> json;
  try {
    json = ParseJson(text, what);
  } catch (const Error&) {
    if (looks == Looks::kJson) throw;
    return std::nullopt;
  }
  if (!IsWithinDepth(*json)) {
    throw Error(ErrorKind::kConfig, what + ": nested deeper than " +
                                        std::to_string(kDeepestDocument) +
                                        " levels: expected a flatter document");
  }
  return TextDocument{std::move(*json), FindJsonPlaces(text, what)};
}

}  // namespace

std::vector<TextDocument> ReadYamlDocuments(std::string_view text, const std::string& what) {
  CheckBytes(text, what);
  std::vector<TextDocument> documents;
  const Looks looks = LookOf(text);
  if (looks != Looks::kYaml) {
    if (std::optional<TextDocument> json = TryJson(text, what, looks)) {
      documents.push_back(std::move(*json));
      return documents;
    }
  }
  RefuseTabs(text, what);
  return ParseYaml(text, what);
}

TextDocument ReadYaml(std::string_view text, const std::string& what) {
  std::vector<TextDocument> documents = ReadYamlDocuments(text, what);
  if (documents.empty()) {
    throw Error(ErrorKind::kConfig, what + ": expected a document, found no content");
  }
  if (documents.size() > 1) {
    Refuse(what, documents[1].places.at, "expected one document, found a second one here");
  }
  return std::move(documents.front());
}

}  // namespace connhost
