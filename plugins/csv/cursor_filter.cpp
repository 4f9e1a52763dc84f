#include "plugins/csv/cursor_filter.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <charconv>
#include <connhost/failure.hpp>
#include <connhost/json_scanner.hpp>

#include "plugins/csv/decimal_order.h"
#include "plugins/csv/values.h"

namespace connhost::csv {
namespace {

sdk::Json DigestList(const std::unordered_set<uint64_t>& digests) {
  sdk::Json list = sdk::Json::Array();
  for (const uint64_t digest : digests) {
    char hex[17];
    std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(digest));
    list.Append(sdk::Json::String(hex));
  }
  return list;
}

std::unordered_set<uint64_t> ParseDigests(const sdk::Json& state, const char* key) {
  std::unordered_set<uint64_t> digests;
  for (const std::string& hex : state.GetStrings(key)) {
    uint64_t digest = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), digest, 16);
    digests.insert(digest);
  }
  return digests;
}

}  // namespace

bool CursorValue::Set(std::string_view text, sdk::Type type) {
  type_ = type;
  text_ = text;
  int32_t days = 0;
  switch (type) {
    case sdk::Type::kInt64:
      return ParseInt64(text, whole_);
    case sdk::Type::kFloat64:
      return ParseFloat64(text, real_);
    case sdk::Type::kNumber:
      return sdk::IsJsonNumber(text);
    case sdk::Type::kDate: {
      const bool good = ParseDate(text, days);
      whole_ = days;
      return good;
    }
    case sdk::Type::kTimestamp:
    case sdk::Type::kTimestampUtc:
      return ParseTimestamp(text, type == sdk::Type::kTimestampUtc, whole_);
    default:
      return true;
  }
}

int CursorValue::Compare(const CursorValue& other) const {
  const auto order = [](auto a, auto b) { return a < b ? -1 : a > b ? 1 : 0; };
  if (type_ == sdk::Type::kText) return text_.compare(other.text_);
  if (type_ == sdk::Type::kNumber) return CompareNumbers(text_, other.text_);
  if (type_ == sdk::Type::kFloat64) return order(real_, other.real_);
  return order(whole_, other.whole_);
}

CursorFilter::CursorFilter(const std::string& column, sdk::Type type, const sdk::Json& state,
                           const std::string& since)
    : column_(column), type_(type) {
  if (type == sdk::Type::kBool || type == sdk::Type::kJson) {
    throw sdk::ConfigFailure("the cursor column '" + column +
                             "' is declared as bool or json, which have no useful order; name a "
                             "column of numbers, times or text as the cursor");
  }
  if (state.is_null()) {
    has_from_ = !since.empty();
    if (has_from_ && !from_.Set(since, type)) {
      throw sdk::ConfigFailure("'since' is '" + since + "', which is no value for the column '" +
                               column + "' as it is declared in 'types'");
    }
    return;
  }
  const auto take = [&](const char* key, CursorValue& value) {
    const sdk::Json* text = state.Find(key);
    if (text == nullptr) return false;
    if (state.GetString("column") == column && value.Set(text->text(), type)) return true;
    throw sdk::StaleCursorFailure("the stored state is for the cursor column '" +
                                  state.GetString("column") + "' at '" + text->text() +
                                  "', which does not fit the cursor column '" + column +
                                  "' of now; a full read is needed");
  };
  has_from_ = take("from", from_);
  has_max_ = take("max", max_);
  seen_ = ParseDigests(state, "seen");
  ties_ = ParseDigests(state, "ties");
  seen_full_ = state.GetBool("seen_full", false);
  ties_full_ = state.GetBool("ties_full", false);
}

void CursorFilter::Use(int field, bool last, const FieldRules& rules) {
  field_ = field;
  last_ = last;
  rules_ = rules;
}

bool CursorFilter::Keeps(const RowBlock& row, std::string_view raw) {
  if (field_ < 0) return true;
  std::string_view text;
  bool null = false;
  const std::string_view field = RawField(row, 0, static_cast<size_t>(field_), last_, rules_);
  if (!ReadField(field, rules_, scratch_, text, null) || null) return true;
  if (!value_.Set(text, type_)) return true;  // to be rejected where it is converted
  const int order = has_from_ ? value_.Compare(from_) : 1;
  if (order < 0) return false;
  if (order == 0 && seen_full_) {
    throw sdk::ConfigFailure("more than " + std::to_string(kMostTies) +
                             " records have the value '" + from_.text() +
                             "' in the cursor column '" + column_ +
                             "', too many to tell the new ones from those read before; use a "
                             "cursor with finer values, or read in full");
  }
  const bool fresh = order > 0 || !seen_.contains(XXH3_64bits(raw.data(), raw.size()));
  Note(raw);
  return fresh;
}

void CursorFilter::Note(std::string_view raw) {
  const int order = has_max_ ? value_.Compare(max_) : 1;
  if (order < 0) return;
  if (order > 0) {
    std::swap(max_, value_);
    has_max_ = true;
    ties_.clear();
    ties_full_ = false;
  }
  if (ties_full_) return;
  ties_.insert(XXH3_64bits(raw.data(), raw.size()));
  if (ties_.size() <= kMostTies) return;
  ties_full_ = true;
  ties_.clear();
}

void CursorFilter::EndPass() {
  if (!has_max_) return;
  const bool same = has_from_ && from_.Compare(max_) == 0;
  if (!same) seen_.clear();
  seen_.merge(ties_);
  seen_full_ = ties_full_ || (same && seen_full_) || seen_.size() > kMostTies;
  if (seen_full_) seen_.clear();
  from_ = max_;
  has_from_ = true;
  has_max_ = ties_full_ = false;
  ties_.clear();
}

sdk::Json CursorFilter::State() const {
  sdk::Json state = sdk::Json::Object();
  state.Set("column", sdk::Json::String(column_));
  if (has_from_) state.Set("from", sdk::Json::String(from_.text()));
  if (!seen_.empty()) state.Set("seen", DigestList(seen_));
  if (seen_full_) state.Set("seen_full", sdk::Json::Bool(true));
  if (has_max_) state.Set("max", sdk::Json::String(max_.text()));
  if (!ties_.empty()) state.Set("ties", DigestList(ties_));
  if (ties_full_) state.Set("ties_full", sdk::Json::Bool(true));
  return state;
}

}  // namespace connhost::csv
