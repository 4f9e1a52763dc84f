#include "plugins/csv/config.h"

#include <array>

namespace connhost::csv {
namespace {

template <class Value>
using Choice = std::pair<const char*, Value>;

// The value of the name that the configuration has under `key`.
template <class Value, size_t kSize>
Value Choose(const std::string& key, const std::string& name,
             const std::array<Choice<Value>, kSize>& choices) {
  std::vector<std::string> names;
  for (const auto& [choice, value] : choices) {
    if (name == choice) return value;
    names.emplace_back(choice);
  }
  throw sdk::ConfigFailure("'" + key + "' is '" + name + "', but must be one of " +
                           QuotedList(names));
}

constexpr std::array<Choice<sdk::Type>, 9> kTypes = {{{"text", sdk::Type::kText},
                                                      {"int64", sdk::Type::kInt64},
                                                      {"float64", sdk::Type::kFloat64},
                                                      {"number", sdk::Type::kNumber},
                                                      {"bool", sdk::Type::kBool},
                                                      {"date", sdk::Type::kDate},
                                                      {"timestamp", sdk::Type::kTimestamp},
                                                      {"timestamptz", sdk::Type::kTimestampUtc},
                                                      {"json", sdk::Type::kJson}}};
constexpr std::array<Choice<Encoding>, 7> kEncodings = {{{"utf-8", Encoding::kUtf8},
                                                         {"latin-1", Encoding::kLatin1},
                                                         {"iso-8859-1", Encoding::kLatin1},
                                                         {"windows-1252", Encoding::kWindows1252},
                                                         {"utf-16", Encoding::kUtf16Le},
                                                         {"utf-16le", Encoding::kUtf16Le},
                                                         {"utf-16be", Encoding::kUtf16Be}}};
constexpr std::array<Choice<Compression>, 4> kCompressions = {{{"auto", Compression::kAuto},
                                                               {"none", Compression::kNone},
                                                               {"gzip", Compression::kGzip},
                                                               {"zstd", Compression::kZstd}}};
constexpr std::array<Choice<bool>, 2> kBadRows = {{{"reject", false}, {"fail", true}}};

Dialect ParseDialect(const sdk::Json& json) {
  Dialect dialect;
  const std::optional<char> delimiter = ParseMark(json, "delimiter", ",");
  const std::optional<char> quote = ParseMark(json, "quote", "\"");
  const std::optional<char> comment = ParseMark(json, "comment", "");
  if (!delimiter) {
    throw sdk::ConfigFailure("'delimiter' is empty, but must be one character, like ',' or '\\t'");
  }
  dialect.delimiter = *delimiter;
  dialect.quoting = quote.has_value();
  dialect.quote = quote.value_or('"');
  dialect.comments = comment.has_value();
  dialect.comment = comment.value_or('#');
  dialect.trim = json.GetBool("trim", false);
  if (quote == delimiter || (comment && (comment == delimiter || comment == quote))) {
    throw sdk::ConfigFailure(
        "'delimiter', 'quote' and 'comment' must be different characters; change one of them");
  }
  return dialect;
}

}  // namespace

std::string QuotedList(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += "'" + words[i] + "'";
  }
  return text;
}

std::optional<char> ParseMark(const sdk::Json& json, const char* key, const char* fallback) {
  const std::string text = json.GetString(key, fallback);
  if (text.empty()) return std::nullopt;
  if (text.size() == 1 && text[0] > 0 && text[0] != '\n' && text[0] != '\r') return text[0];
  throw sdk::ConfigFailure(std::string("'") + key + "' is '" + text +
                           "', but must be one ASCII character other than a line end");
}

Config Config::Parse(const sdk::Json& json) {
  Config config;
  config.path = json.GetString("path");
  if (config.path.empty()) {
    throw sdk::ConfigFailure("'path' is missing: give a file, a folder or a pattern like *.csv");
  }
  config.stream = json.GetString("stream");
  config.dialect = ParseDialect(json);
  config.delimiter_given = json.Find("delimiter") != nullptr;
  config.encoding = Choose("encoding", json.GetString("encoding", "utf-8"), kEncodings);
  config.header = json.GetBool("header", true);
  config.columns = json.GetStrings("columns");
  if (config.header && !config.columns.empty()) {
    throw sdk::ConfigFailure(
        "'columns' names the columns of files without a header; set 'header' to false, or leave "
        "'columns' out");
  }
  if (json.Find("null_values") != nullptr) config.nulls = json.GetStrings("null_values");
  if (const sdk::Json* types = json.Find("types")) {
    for (const auto& [column, unused] : types->members()) {
      config.types.emplace_back(
          column, Choose("types." + column, types->GetString(column, "text"), kTypes));
    }
  }
  config.fail_on_bad_row = Choose("on_bad_row", json.GetString("on_bad_row", "reject"), kBadRows);
  config.compression = Choose("compression", json.GetString("compression", "auto"), kCompressions);
  return config;
}

}  // namespace connhost::csv
