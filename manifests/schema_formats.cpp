#include "manifests/schema_formats.h"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "manifests/pattern.h"

namespace connhost {
namespace {

int Digits(std::string_view text) {
  int number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

bool IsDate(std::string_view text) {
  static const Pattern shape("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
  if (!shape.Matches(text)) return false;
  const int year = Digits(text.substr(0, 4));
  const int month = Digits(text.substr(5, 2));
  const int day = Digits(text.substr(8, 2));
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const bool short_month = month == 4 || month == 6 || month == 9 || month == 11;
  const int days = month == 2 ? (leap ? 29 : 28) : short_month ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= days;
}

// A leap second is the last of a day in UTC; the offset decides which local minute that is.
bool IsLastMinuteInUtc(std::string_view text) {
  const std::string_view zone = text.substr(text.find_first_of("Zz+-"));
  int minutes = Digits(text.substr(0, 2)) * 60 + Digits(text.substr(3, 2));
  if (zone.size() == 6) {
    const int offset = Digits(zone.substr(1, 2)) * 60 + Digits(zone.substr(4, 2));
    minutes += zone.front() == '+' ? -offset : offset;
  }
  constexpr int kDay = 24 * 60;
  return (minutes + kDay) % kDay == kDay - 1;
}

bool IsTime(std::string_view text) {
  static const Pattern shape(
      "^([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?"
      "([zZ]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$");
  if (!shape.Matches(text)) return false;
  return text.substr(6, 2) != "60" || IsLastMinuteInUtc(text);
}

bool IsDateTime(std::string_view text) {
  constexpr size_t kDateLength = 10;
  if (text.size() <= kDateLength || (text[kDateLength] | 0x20) != 't') return false;
  return IsDate(text.substr(0, kDateLength)) && IsTime(text.substr(kDateLength + 1));
}

bool IsHostname(std::string_view text) {
  static const Pattern label("^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$");
  constexpr size_t kLongest = 253;
  if (text.size() > kLongest) return false;
  const std::vector<std::string> labels = Split(text, '.');
  return std::all_of(labels.begin(), labels.end(),
                     [](const std::string& part) { return label.Matches(part); });
}

bool IsEmail(std::string_view text) {
  static const Pattern local(
      "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$");
  const size_t at = text.rfind('@');
  return at != std::string_view::npos && local.Matches(text.substr(0, at)) &&
         IsHostname(text.substr(at + 1));
}

bool IsAddress(int family, std::string_view text) {
  unsigned char address[sizeof(in6_addr)];
  return text.find('\0') == std::string_view::npos &&
         inet_pton(family, std::string(text).c_str(), address) == 1;
}

bool IsIpv4(std::string_view text) {
  return IsAddress(AF_INET, text);
}
bool IsIpv6(std::string_view text) {
  return IsAddress(AF_INET6, text);
}

bool IsUriReference(std::string_view text) {
  static const Pattern characters(
      "^([A-Za-z0-9._~:/?@!$&'()*+,;=\\[\\]-]|%[0-9A-Fa-f]{2})*"
      "(#([A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?$");
  return characters.Matches(text);
}

bool IsUri(std::string_view text) {
  static const Pattern scheme("^[A-Za-z][A-Za-z0-9+.-]*:");
  return scheme.Matches(text) && IsUriReference(text);
}

bool IsJsonPointer(std::string_view text) {
  static const Pattern shape("^(/([^~/]|~[01])*)*$");
  return shape.Matches(text);
}

constexpr SchemaFormat kFormats[] = {
    {"date", "a date such as 2026-11-21", IsDate},
    {"time", "a time with an offset such as 14:03:12Z", IsTime},
    {"date-time", "a time such as 2026-11-21T14:03:12Z", IsDateTime},
    {"email", "an e-mail address", IsEmail},
    {"hostname", "a host name", IsHostname},
    {"ipv4", "an IPv4 address", IsIpv4},
    {"ipv6", "an IPv6 address", IsIpv6},
    {"uri", "a URI such as https://example.com/path", IsUri},
    {"uri-reference", "a URI or a relative reference", IsUriReference},
    {"json-pointer", "a JSON Pointer such as /streams/0", IsJsonPointer},
};

}  // namespace

const SchemaFormat* FindSchemaFormat(std::string_view name) {
  for (const SchemaFormat& format : kFormats) {
    if (name == format.name) return &format;
  }
  return nullptr;
}

}  // namespace connhost
