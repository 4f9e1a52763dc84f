#include "host/store/package_name.h"

#include <algorithm>

#include "base/text.h"

namespace connhost {
namespace {

bool IsPlatformPart(std::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool IsVersionText(std::string_view text) {
  return !text.empty() && text.front() >= '0' && text.front() <= '9' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-' || c == '+';
         });
}

}  // namespace

std::string PackageName::FileName() const {
  return id + "-" + version + "-" + platform + std::string(kPackageSuffix);
}

std::optional<PackageName> ParsePackageName(std::string_view file_name) {
  if (!file_name.ends_with(kPackageSuffix)) return std::nullopt;
  std::string_view rest = file_name.substr(0, file_name.size() - kPackageSuffix.size());
  const size_t arch_at = rest.rfind('-');
  if (arch_at == std::string_view::npos || arch_at == 0) return std::nullopt;
  const size_t os_at = rest.rfind('-', arch_at - 1);
  if (os_at == std::string_view::npos) return std::nullopt;
  const std::string_view os = rest.substr(os_at + 1, arch_at - os_at - 1);
  const std::string_view arch = rest.substr(arch_at + 1);
  const std::string_view platform = rest.substr(os_at + 1);
  rest = rest.substr(0, os_at);

  const size_t dot = rest.find('.');
  const size_t version_at = dot == std::string_view::npos ? dot : rest.rfind('-', dot);
  if (version_at == std::string_view::npos) return std::nullopt;
  const std::string_view id = rest.substr(0, version_at);
  const std::string_view version = rest.substr(version_at + 1);
  if (!IsPlainName(id) || !IsVersionText(version) || !IsPlatformPart(os) || !IsPlatformPart(arch)) {
    return std::nullopt;
  }
  return PackageName{std::string(id), std::string(version), std::string(platform)};
}

}  // namespace connhost
