#include "host/run/home.h"

#include <cstdlib>

#include "base/error.h"
#include "base/files.h"

namespace connhost {
namespace {

std::filesystem::path FromVariable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

Home Home::FromEnvironment() {
  if (const auto home = FromVariable("CONNHOST_HOME"); !home.empty()) {
    return {std::filesystem::absolute(home)};
  }
  if (const auto data = FromVariable("XDG_DATA_HOME"); !data.empty()) return {data / "connhost"};
  if (const auto user = FromVariable("HOME"); !user.empty()) {
    return {user / ".local/share/connhost"};
  }
  throw Error(
      ErrorKind::kConfig,
      "no place for connhost's data: set CONNHOST_HOME to a folder (neither CONNHOST_HOME nor "
      "XDG_DATA_HOME nor HOME is set)");
}

void Home::Create() const {
  if (std::filesystem::exists(root)) return;
  MakeDirectories(root);
  std::filesystem::permissions(root, std::filesystem::perms::owner_all);
}

}  // namespace connhost
