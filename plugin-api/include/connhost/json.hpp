// JSON documents for authors: configuration, state, requests. Numbers keep their text, so nothing
// is rounded. Not for the data path.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "failure.hpp"
#include "json_scanner.hpp"

namespace connhost::sdk {

class Json {
 public:
  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };

  Json() = default;
  static Json Bool(bool value) { return Json(Kind::kBool, value ? "true" : "false"); }
  static Json Number(int64_t value) { return Json(Kind::kNumber, std::to_string(value)); }
  static Json NumberText(std::string text) { return Json(Kind::kNumber, std::move(text)); }
  static Json String(std::string_view value) { return Json(Kind::kString, std::string(value)); }
  static Json Array() { return Json(Kind::kArray, ""); }
  static Json Object() { return Json(Kind::kObject, ""); }

  // One whole document; throws ConfigFailure naming `what`.
  static Json Parse(std::string_view text, std::string_view what);

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::kNull; }

  // Members. Find answers nullptr when absent or when this is no object.
  const Json* Find(std::string_view key) const {
    for (const auto& [name, value] : members_) {
      if (name == key) return &value;
    }
    return nullptr;
  }
  Json& Set(std::string_view key, Json value) {
    for (auto& [name, old] : members_) {
      if (name == key) return old = std::move(value);
    }
    return members_.emplace_back(std::string(key), std::move(value)).second;
  }
  void Erase(std::string_view key) {
    for (auto at = members_.begin(); at != members_.end(); ++at) {
      if (at->first == key) return static_cast<void>(members_.erase(at));
    }
  }
  const std::vector<std::pair<std::string, Json>>& members() const { return members_; }

  // Items of an array.
  const std::vector<Json>& items() const { return items_; }
  void Append(Json value) { items_.push_back(std::move(value)); }

  // The text of a string or number.
  const std::string& text() const { return text_; }

  // A member's value, or the fallback when absent or null; ConfigFailure when of another kind.
  std::string GetString(std::string_view key, std::string_view fallback = "") const {
    const Json* value = Get(key, Kind::kString, "a string");
    return value == nullptr ? std::string(fallback) : value->text_;
  }
  bool GetBool(std::string_view key, bool fallback) const {
    const Json* value = Get(key, Kind::kBool, "true or false");
    return value == nullptr ? fallback : value->text_ == "true";
  }
  int64_t GetInt(std::string_view key, int64_t fallback) const;
  std::vector<std::string> GetStrings(std::string_view key) const;

  std::string Write() const;

 private:
  Json(Kind kind, std::string text) : kind_(kind), text_(std::move(text)) {}
  const Json* Get(std::string_view key, Kind kind, const char* expected) const;
  static Json Build(std::string_view text);
  void WriteTo(std::string& out) const;

  Kind kind_ = Kind::kNull;
  std::string text_;
  std::vector<Json> items_;
  std::vector<std::pair<std::string, Json>> members_;
};

// A string as a JSON literal with its quotes, appended. The text must be valid UTF-8.
inline void AppendJsonString(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte >= 0x20) {
      out += c;
    } else {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  out += '"';
}

namespace json_detail {

inline void AppendUtf8(std::string& out, uint32_t code) {
  const auto put = [&](uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 63));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 63));
    put(0x80 | (code & 63));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 63));
    put(0x80 | (code >> 6 & 63));
    put(0x80 | (code & 63));
  }
}

inline uint32_t HexValue(std::string_view digits) {
  uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

// The text of a string literal without its quotes, escapes resolved; a lone surrogate becomes
// U+FFFD.
inline std::string Unescape(std::string_view raw) {
  std::string out;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\') {
      out += raw[i];
      continue;
    }
    const char kind = raw[++i];
    if (kind != 'u') {
      static constexpr std::string_view kNames = "bfnrt", kBytes = "\b\f\n\r\t";
      const size_t at = kNames.find(kind);
      out += at == std::string_view::npos ? kind : kBytes[at];
      continue;
    }
    uint32_t code = HexValue(raw.substr(i + 1, 4));
    i += 4;
    const bool high = code >= 0xD800 && code < 0xDC00;
    if (high && raw.substr(i + 1, 2) == "\\u") {
      const uint32_t low = HexValue(raw.substr(i + 3, 4));
      if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        i += 6;
      }
    }
    AppendUtf8(out, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
  }
  return out;
}

}  // namespace json_detail

inline Json Json::Parse(std::string_view text, std::string_view what) {
  if (!IsJson(text)) {
    throw ConfigFailure(std::string(what) + " is not a valid JSON document");
  }
  return Build(text);
}

// `text` is valid and at most kMaxJsonDepth deep, so the recursion is bounded.
inline Json Json::Build(std::string_view text) {
  const char* end = text.data() + text.size();
  const char* p = json_detail::SkipSpace(text.data(), end);
  switch (*p) {
    case 'n':
      return Json();
    case 't':
      return Bool(true);
    case 'f':
      return Bool(false);
    case '"': {
      const char* close = json_detail::ScanString(p + 1, end);
      return String(json_detail::Unescape({p + 1, static_cast<size_t>(close - p - 2)}));
    }
    case '{': {
      Json object = Object();
      ForEachMember(text, [&](std::string_view key, std::string_view value) {
        object.members_.emplace_back(json_detail::Unescape(key), Build(value));
      });
      return object;
    }
    case '[': {
      Json array = Array();
      for (p = json_detail::SkipSpace(p + 1, end); *p != ']';) {
        const char* stop = ScanJson(p, end);
        array.items_.push_back(Build({p, static_cast<size_t>(stop - p)}));
        p = json_detail::SkipSpace(stop, end);
        if (*p == ',') ++p;
      }
      return array;
    }
    default: {
      const char* stop = json_detail::ScanNumber(p, end);
      return NumberText(std::string(p, stop));
    }
  }
}

inline const Json* Json::Get(std::string_view key, Kind kind, const char* expected) const {
  const Json* value = Find(key);
  if (value == nullptr || value->is_null()) return nullptr;
  if (value->kind_ != kind) {
    throw ConfigFailure("'" + std::string(key) + "' must be " + expected + ", but is " +
                        value->Write());
  }
  return value;
}

inline int64_t Json::GetInt(std::string_view key, int64_t fallback) const {
  const Json* value = Get(key, Kind::kNumber, "a whole number");
  if (value == nullptr) return fallback;
  int64_t number = 0;
  const char* end = value->text_.data() + value->text_.size();
  const auto [stop, fault] = std::from_chars(value->text_.data(), end, number);
  if (fault != std::errc() || stop != end) {
    throw ConfigFailure("'" + std::string(key) + "' must be a whole number, but is " +
                        value->text_);
  }
  return number;
}

inline std::vector<std::string> Json::GetStrings(std::string_view key) const {
  std::vector<std::string> texts;
  const Json* value = Get(key, Kind::kArray, "a list of strings");
  if (value == nullptr) return texts;
  for (const Json& item : value->items_) {
    if (item.kind_ != Kind::kString) {
      throw ConfigFailure("'" + std::string(key) + "' must be a list of strings, but holds " +
                          item.Write());
    }
    texts.push_back(item.text_);
  }
  return texts;
}

inline void Json::WriteTo(std::string& out) const {
  switch (kind_) {
    case Kind::kNull:
      out += "null";
      return;
    case Kind::kBool:
    case Kind::kNumber:
      out += text_;
      return;
    case Kind::kString:
      AppendJsonString(out, text_);
      return;
    case Kind::kArray: {
      const char* separator = "[";
      for (const Json& item : items_) {
        out += separator;
        item.WriteTo(out);
        separator = ",";
      }
      out += items_.empty() ? "[]" : "]";
      return;
    }
    case Kind::kObject: {
      const char* separator = "{";
      for (const auto& [key, value] : members_) {
        out += separator;
        AppendJsonString(out, key);
        out += ':';
        value.WriteTo(out);
        separator = ",";
      }
      out += members_.empty() ? "{}" : "}";
      return;
    }
  }
}

inline std::string Json::Write() const {
  std::string out;
  WriteTo(out);
  return out;
}

}  // namespace connhost::sdk
