#include "plugins/ndjson/cursor_filter.h"

#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <vector>

#include "plugins/ndjson/number_order.h"

namespace connhost::ndjson {

namespace {

constexpr size_t kHashDigits = 16;

std::string HashesText(const std::unordered_set<uint64_t>& hashes) {
  std::vector<uint64_t> sorted(hashes.begin(), hashes.end());
  std::sort(sorted.begin(), sorted.end());
  std::string text;
  text.reserve(sorted.size() * kHashDigits);
  for (const uint64_t hash : sorted) {
    char hex[kHashDigits + 1];
    std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(hash));
    text += hex;
  }
  return text;
}

}  // namespace

void CursorValue::Assign(std::string_view raw) {
  kind = Kind::kNone;
  if (raw.size() >= 2 && raw[0] == '"') {
    kind = Kind::kString;
    raw = raw.substr(1, raw.size() - 2);
    if (raw.find('\\') == raw.npos) {
      text = raw;
    } else {
      text = sdk::json_detail::Unescape(raw);
    }
  } else if (sdk::IsJsonNumber(raw)) {
    kind = Kind::kNumber;
    text = raw;
  }
}

sdk::Json CursorValue::ToJson() const {
  if (kind == Kind::kNumber) return sdk::Json::NumberText(text);
  return kind == Kind::kString ? sdk::Json::String(text) : sdk::Json();
}

CursorValue CursorValue::From(const sdk::Json* json) {
  CursorValue value;
  if (json == nullptr) return value;
  if (json->kind() == sdk::Json::Kind::kNumber) value.kind = Kind::kNumber;
  if (json->kind() == sdk::Json::Kind::kString) value.kind = Kind::kString;
  value.text = json->text();
  return value;
}

bool CursorValue::Compare(const CursorValue& a, const CursorValue& b, int* order) {
  const auto is = [](const CursorValue& value, Kind wanted) {
    if (value.kind != Kind::kGiven) return value.kind == wanted;
    return wanted == Kind::kString || sdk::IsJsonNumber(value.text);
  };
  if (is(a, Kind::kNumber) && is(b, Kind::kNumber)) {
    *order = CompareNumbers(a.text, b.text);
    return true;
  }
  *order = a.text.compare(b.text);
  return is(a, Kind::kString) && is(b, Kind::kString);
}

void CursorFilter::Bound::Load(const sdk::Json* json) {
  if (json == nullptr) return;
  value = CursorValue::From(json->Find("value"));
  overflowed = json->GetBool("overflowed", false);
  const std::string text = json->GetString("ties");
  for (size_t at = 0; at + kHashDigits <= text.size(); at += kHashDigits) {
    uint64_t hash = 0;
    std::from_chars(text.data() + at, text.data() + at + kHashDigits, hash, 16);
    ties.insert(hash);
  }
}

sdk::Json CursorFilter::Bound::ToJson() const {
  sdk::Json json = sdk::Json::Object();
  json.Set("value", value.ToJson());
  json.Set("ties", sdk::Json::String(HashesText(ties)));
  if (overflowed) json.Set("overflowed", sdk::Json::Bool(true));
  return json;
}

void CursorFilter::Bound::AddTie(uint64_t hash) {
  if (ties.size() < kMostTies) {
    ties.insert(hash);
  } else {
    overflowed = overflowed || ties.count(hash) == 0;
  }
}

CursorFilter::CursorFilter(const sdk::Json* state, const std::string& since) {
  if (state != nullptr) {
    base_.Load(state->Find("from"));
    next_.Load(state->Find("to"));
  }
  if (base_.value.kind == CursorValue::Kind::kNone && !since.empty()) {
    base_.value = {CursorValue::Kind::kGiven, since};
  }
}

CursorFilter::Verdict CursorFilter::Judge(std::string_view raw, std::string_view document) {
  using Kind = CursorValue::Kind;
  if (raw.empty() || raw == "null") return Verdict::kMissing;
  current_.Assign(raw);
  if (current_.kind == Kind::kNone) return Verdict::kOtherType;
  int order = 1;
  if (base_.value.kind != Kind::kNone && !CursorValue::Compare(current_, base_.value, &order)) {
    return Verdict::kOtherType;
  }
  if (order < 0) return Verdict::kKnown;
  const uint64_t hash = XXH3_64bits(document.data(), document.size());
  if (order == 0 && base_.ties.count(hash) > 0) return Verdict::kKnown;
  int step = 1;
  if (next_.value.kind != Kind::kNone && !CursorValue::Compare(current_, next_.value, &step)) {
    return Verdict::kOtherType;
  }
  if (step > 0) {
    std::swap(next_.value, current_);
    next_.ties.clear();
    next_.overflowed = false;
    if (order == 0) {  // as high as the last run ended: its records stay known
      next_.ties = base_.ties;
      next_.overflowed = base_.overflowed;
    }
  }
  if (step >= 0) next_.AddTie(hash);
  return Verdict::kTake;
}

sdk::Json CursorFilter::State() const {
  sdk::Json state = sdk::Json::Object();
  if (base_.value.kind == CursorValue::Kind::kNumber ||
      base_.value.kind == CursorValue::Kind::kString) {
    state.Set("from", base_.ToJson());
  }
  if (next_.value.kind != CursorValue::Kind::kNone) state.Set("to", next_.ToJson());
  return state;
}

void CursorFilter::Finish() {
  if (next_.value.kind != CursorValue::Kind::kNone) base_ = std::move(next_);
  next_ = Bound();
}

}  // namespace connhost::ndjson
