#include "host/lifecycle/version_choice.h"

#include "registry/version_order.h"

namespace connhost {
namespace {

bool IsPrerelease(std::string_view version) {
  return version.substr(0, version.find('+')).find('-') != std::string_view::npos;
}

}  // namespace

bool IsBetterVersion(std::string_view candidate, std::string_view current) {
  if (IsPrerelease(candidate) != IsPrerelease(current)) return IsPrerelease(current);
  return CompareVersions(candidate, current) > 0;
}

std::string NewestOf(const std::vector<std::string>& versions) {
  std::string newest = versions.front();
  for (const std::string& version : versions) {
    if (IsBetterVersion(version, newest)) newest = version;
  }
  return newest;
}

}  // namespace connhost
