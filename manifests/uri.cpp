#include "manifests/uri.h"

#include <vector>

#include "base/text.h"

namespace connhost {
namespace {

struct Components {
  std::string_view scheme, authority, path,
      query;  // with their delimiters: "http:", "//host", "?q"
};

Components SplitUri(std::string_view uri) {
  Components parts;
  const auto take = [&uri](size_t length) {
    const std::string_view part = uri.substr(0, length);
    uri.remove_prefix(part.size());
    return part;
  };
  const size_t colon = uri.find(':');
  if (colon != std::string_view::npos && colon < uri.find_first_of("/?")) {
    parts.scheme = take(colon + 1);
  }
  if (uri.substr(0, 2) == "//") {
    const size_t end = uri.find_first_of("/?", 2);
    parts.authority = take(end);
  }
  parts.path = take(uri.find('?'));
  parts.query = uri;
  return parts;
}

std::string RemoveDotSegments(std::string_view path) {
  const bool absolute = !path.empty() && path.front() == '/';
  if (absolute) path.remove_prefix(1);
  std::vector<std::string> kept;
  const std::vector<std::string> segments = Split(path, '/');
  for (size_t i = 0; i < segments.size(); ++i) {
    const bool last = i + 1 == segments.size();
    if (segments[i] == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (segments[i] != ".") {
      kept.push_back(segments[i]);
      continue;
    }
    if (last) kept.emplace_back();  // "a/." and "a/.." end in a slash
  }
  std::string clean = absolute ? "/" : "";
  for (size_t i = 0; i < kept.size(); ++i) clean += (i > 0 ? "/" : "") + kept[i];
  return clean;
}

std::string Join(std::string_view scheme, std::string_view authority, const std::string& path,
                 std::string_view query) {
  std::string uri(scheme);
  uri += authority;
  uri += path;
  uri += query;
  return uri;
}

std::string MergePaths(const Components& base, std::string_view path) {
  if (!path.empty() && path.front() == '/') return std::string(path);
  if (base.path.empty())
    return base.authority.empty() ? std::string(path) : "/" + std::string(path);
  const size_t slash = base.path.rfind('/');
  const std::string_view folder =
      slash == std::string_view::npos ? std::string_view() : base.path.substr(0, slash + 1);
  return std::string(folder) + std::string(path);
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string PercentDecode(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 &&
                        HexDigit(text[i + 2]) >= 0;
    if (escape) {
      decoded += static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

}  // namespace

std::string ResolveUri(std::string_view base, std::string_view reference) {
  const size_t hash = reference.find('#');
  const std::string fragment(hash == std::string_view::npos ? "" : reference.substr(hash));
  const Components to = SplitUri(reference.substr(0, hash));
  const Components from = SplitUri(base.substr(0, base.find('#')));
  if (!to.scheme.empty()) {
    return Join(to.scheme, to.authority, RemoveDotSegments(to.path), to.query) + fragment;
  }
  if (!to.authority.empty()) {
    return Join(from.scheme, to.authority, RemoveDotSegments(to.path), to.query) + fragment;
  }
  if (to.path.empty()) {
    const std::string_view query = to.query.empty() ? from.query : to.query;
    return Join(from.scheme, from.authority, std::string(from.path), query) + fragment;
  }
  const std::string path = RemoveDotSegments(MergePaths(from, to.path));
  return Join(from.scheme, from.authority, path, to.query) + fragment;
}

UriParts SplitFragment(std::string_view uri) {
  const size_t hash = uri.find('#');
  if (hash == std::string_view::npos) return {std::string(uri), ""};
  return {std::string(uri.substr(0, hash)), PercentDecode(uri.substr(hash + 1))};
}

}  // namespace connhost
