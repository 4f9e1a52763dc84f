#include "host/cli/actor.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace connhost {
namespace {

std::string UserName() {
  std::array<char, 1024> space;
  passwd entry{};
  passwd* found = nullptr;
  ::getpwuid_r(::geteuid(), &entry, space.data(), space.size(), &found);
  return found != nullptr ? found->pw_name : std::to_string(::geteuid());
}

std::string HostName() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

}  // namespace

std::string CurrentActor() {
  const char* const invoker = std::getenv("SUDO_USER");
  const bool sudo = ::geteuid() == 0 && invoker != nullptr && *invoker != 0;
  return (sudo ? std::string(invoker) + " as " : "") + UserName() + "@" + HostName();
}

}  // namespace connhost
