#include "host/signature/signed_statement.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "base/time.h"

namespace connhost {
namespace {

constexpr std::string_view kStart = "connhost ";
constexpr std::string_view kDigest = "sha256:";
constexpr std::string_view kExpires = "expires:";
constexpr int64_t kYear10000 = 253402300800;

Error Malformed(const std::string& what) {
  return Error(ErrorKind::kPolicy,
               what +
                   ": its trusted comment starts as connhost's do, so expected 'connhost KIND "
                   "NAME VERSION sha256:HEX [expires:UNIX]', found another form");
}

bool IsKind(const std::string& kind) {
  return kind == "package" || kind == "index" || kind == "successor" || kind == "file";
}

bool IsHex64(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool IsWord(const std::string& word) {
  return !word.empty() && word.size() <= 255 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::optional<int64_t> ParseSeconds(std::string_view text) {
  int64_t seconds = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return seconds > 0 && seconds < kYear10000 ? std::optional(seconds) : std::nullopt;
}

}  // namespace

std::string WriteStatement(const SignedStatement& statement) {
  return std::string(kStart) + statement.kind + " " + statement.name + " " + statement.version +
         " " + std::string(kDigest) + statement.sha256 +
         (statement.expires == 0 ? ""
                                 : " " + std::string(kExpires) + std::to_string(statement.expires));
}

std::optional<SignedStatement> ParseStatement(std::string_view comment, const std::string& what) {
  if (!comment.starts_with(kStart)) return std::nullopt;
  const std::vector<std::string> words = Split(comment, ' ');
  if (words.size() < 5 || words.size() > 6) throw Malformed(what);
  if (!std::all_of(words.begin(), words.end(), IsWord) || !IsKind(words[1])) throw Malformed(what);
  SignedStatement statement{words[1], words[2], words[3], "", 0};
  if (!words[4].starts_with(kDigest)) throw Malformed(what);
  statement.sha256 = words[4].substr(kDigest.size());
  if (!IsHex64(statement.sha256)) throw Malformed(what);
  if (words.size() == 6) {
    if (!words[5].starts_with(kExpires)) throw Malformed(what);
    const auto expires = ParseSeconds(std::string_view(words[5]).substr(kExpires.size()));
    if (!expires) throw Malformed(what);
    statement.expires = *expires;
  }
  return statement;
}

void CheckStatement(const SignedStatement& found, const SignedStatement& expected, int64_t now,
                    const std::string& what) {
  const auto compare = [&](const char* field, const std::string& wanted, const std::string& said) {
    if (wanted == said) return;
    throw Error(ErrorKind::kPolicy, what + ": expected a signature of " + expected.kind + " " +
                                        expected.name + " " + expected.version + ", but its " +
                                        field + " is '" + said + "', not '" + wanted + "'");
  };
  compare("kind", expected.kind, found.kind);
  compare("name", expected.name, found.name);
  if (!expected.version.empty()) compare("version", expected.version, found.version);
  compare("digest", expected.sha256, found.sha256);
  if (found.expires == 0 || now < found.expires) return;
  throw Error(ErrorKind::kPolicy, what + ": the signature expired at " +
                                      FormatTime(found.expires * 1000000).substr(0, 19) +
                                      "Z; ask the publisher for a new one");
}

}  // namespace connhost
