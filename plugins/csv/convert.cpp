#include "plugins/csv/convert.h"

#include <connhost/json_scanner.hpp>
#include <cstring>

#include "plugins/csv/values.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace connhost::csv {
namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

bool IsQuoted(std::string_view raw, const FieldRules& rules) {
  return !raw.empty() && raw.front() == rules.dialect.quote && rules.dialect.quoting;
}

bool IsNull(std::string_view raw, const FieldRules& rules) {
  if (rules.empty_is_null) return raw.empty();
  for (const std::string& null : rules.nulls) {
    if (raw == null) return true;
  }
  return false;
}

// Undoes quotes and pairs of quotes into `out` (room for raw.size() bytes). The bytes written, or
// SIZE_MAX when a quote stands alone or the closing one is missing.
size_t Unquote(std::string_view raw, char quote, char* out) {
  if (raw.size() < 2 || raw.back() != quote) return SIZE_MAX;
  const char* at = raw.data() + 1;
  const char* const end = raw.data() + raw.size() - 1;
  char* to = out;
  while (at < end) {
    const auto* hit =
        static_cast<const char*>(std::memchr(at, quote, static_cast<size_t>(end - at)));
    if (hit == nullptr) hit = end;
    std::memcpy(to, at, static_cast<size_t>(hit - at));
    to += hit - at;
    if (hit == end) break;
    if (hit + 1 == end || hit[1] != quote) return SIZE_MAX;
    *to++ = quote;
    at = hit + 2;
  }
  return static_cast<size_t>(to - out);
}

// Copies `size` bytes; may read and write up to 31 bytes more, so that short texts need no loop.
inline void CopyLoosely(uint8_t* to, const char* from, size_t size) {
#if defined(__SSE2__)
  if (size <= 32) {
    const auto* source = reinterpret_cast<const __m128i*>(from);
    auto* target = reinterpret_cast<__m128i*>(to);
    _mm_storeu_si128(target, _mm_loadu_si128(source));
    _mm_storeu_si128(target + 1, _mm_loadu_si128(source + 1));
    return;
  }
#endif
  std::memcpy(to, from, size);
}
constexpr size_t kLooseBytes = 32;

// Appends the value a text stands for; false when it stands for none of this type.
template <sdk::Type kType>
bool TakeFixed(std::string_view text, sdk::ColumnBuffer& column) {
  if constexpr (kType == sdk::Type::kInt64) {
    int64_t value;
    if (!ParseInt64(text, value)) return false;
    column.AppendInt64(value);
  } else if constexpr (kType == sdk::Type::kFloat64) {
    double value;
    if (!ParseFloat64(text, value)) return false;
    column.AppendFloat64(value);
  } else if constexpr (kType == sdk::Type::kBool) {
    bool value;
    if (!ParseBool(text, value)) return false;
    column.AppendBool(value);
  } else if constexpr (kType == sdk::Type::kDate) {
    int32_t days;
    if (!ParseDate(text, days)) return false;
    column.AppendDate(days);
  } else {
    int64_t micros;
    if (!ParseTimestamp(text, kType == sdk::Type::kTimestampUtc, micros)) return false;
    column.AppendInt64(micros);
  }
  return true;
}

template <sdk::Type kType>
bool IsValid(std::string_view text) {
  if constexpr (kType == sdk::Type::kNumber) return sdk::IsJsonNumber(text);
  if constexpr (kType == sdk::Type::kJson) return sdk::IsJson(text);
  return true;
}

template <sdk::Type kType>
bool TakePlain(std::string_view text, sdk::ColumnBuffer& column) {
  if constexpr (sdk::IsVariable(kType)) {
    if (!IsValid<kType>(text)) return false;
    CopyLoosely(column.Reserve(text.size() + kLooseBytes), text.data(), text.size());
    column.CommitText(text.size());
    return true;
  } else {
    return TakeFixed<kType>(text, column);
  }
}

template <sdk::Type kType>
bool TakeQuoted(std::string_view raw, char quote, sdk::ColumnBuffer& column) {
  if constexpr (sdk::IsVariable(kType)) {
    char* room = reinterpret_cast<char*>(column.Reserve(raw.size()));
    const size_t size = Unquote(raw, quote, room);
    if (size == SIZE_MAX || !IsValid<kType>({room, size})) return false;
    column.CommitText(size);
    return true;
  } else {
    // A quote inside could not be part of any such value, so undoing pairs is not needed.
    return raw.size() >= 2 && raw.back() == quote &&
           TakeFixed<kType>(raw.substr(1, raw.size() - 2), column);
  }
}

template <sdk::Type kType>
size_t ConvertAs(const RowBlock& block, size_t field, bool last, const FieldRules& rules,
                 sdk::ColumnBuffer& column) {
  for (size_t row = 0; row < block.count; ++row) {
    const std::string_view raw = RawField(block, row, field, last, rules);
    if (IsQuoted(raw, rules)) {
      if (!TakeQuoted<kType>(raw, rules.dialect.quote, column)) return row;
    } else if (IsNull(raw, rules)) {
      column.AppendNull();
    } else if (!TakePlain<kType>(raw, column)) {
      return row;
    }
  }
  return block.count;
}

}  // namespace

std::string_view RawField(const RowBlock& block, size_t row, size_t field, bool last,
                          const FieldRules& rules) {
  const uint32_t* separators = block.separators + block.rows[row] + field;
  const uint32_t start = separators[0] + 1;
  size_t size = separators[1] - start;
  const char* begin = block.text + start;
  if (last && size > 0 && begin[size - 1] == '\r') --size;
  return rules.dialect.trim ? Trim({begin, size}) : std::string_view(begin, size);
}

bool ReadField(std::string_view raw, const FieldRules& rules, std::string& scratch,
               std::string_view& text, bool& null) {
  text = raw;
  null = false;
  if (!IsQuoted(raw, rules)) {
    null = IsNull(raw, rules);
    return true;
  }
  scratch.resize(raw.size());
  const size_t size = Unquote(raw, rules.dialect.quote, scratch.data());
  if (size == SIZE_MAX) return false;
  text = {scratch.data(), size};
  return true;
}

size_t ConvertColumn(const RowBlock& block, size_t field, bool last, sdk::Type type,
                     const FieldRules& rules, sdk::ColumnBuffer& column) {
  switch (type) {
    case sdk::Type::kInt64:
      return ConvertAs<sdk::Type::kInt64>(block, field, last, rules, column);
    case sdk::Type::kFloat64:
      return ConvertAs<sdk::Type::kFloat64>(block, field, last, rules, column);
    case sdk::Type::kNumber:
      return ConvertAs<sdk::Type::kNumber>(block, field, last, rules, column);
    case sdk::Type::kBool:
      return ConvertAs<sdk::Type::kBool>(block, field, last, rules, column);
    case sdk::Type::kDate:
      return ConvertAs<sdk::Type::kDate>(block, field, last, rules, column);
    case sdk::Type::kTimestamp:
      return ConvertAs<sdk::Type::kTimestamp>(block, field, last, rules, column);
    case sdk::Type::kTimestampUtc:
      return ConvertAs<sdk::Type::kTimestampUtc>(block, field, last, rules, column);
    case sdk::Type::kJson:
      return ConvertAs<sdk::Type::kJson>(block, field, last, rules, column);
    default:
      return ConvertAs<sdk::Type::kText>(block, field, last, rules, column);
  }
}

}  // namespace connhost::csv
