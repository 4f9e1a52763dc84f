#include "host/worker/loader.h"

#include <fcntl.h>

#include <boost/dll/shared_library.hpp>

#include "base/hash.h"

namespace connhost {
namespace {

// Boost's message wraps what the dynamic linker said in brackets, and adds a wrong errno.
std::string LinkerMessage(const std::string& message, const std::string& link,
                          const std::string& path) {
  const std::string opening = "(dlerror system message: ";
  const size_t begin = message.find(opening);
  const size_t end = message.rfind(')');
  if (begin == std::string::npos || end == std::string::npos || end < begin) return message;
  const size_t from = begin + opening.size();
  std::string text = message.substr(from, end - from);
  for (size_t at = text.find(link); at != std::string::npos; at = text.find(link, at)) {
    text.replace(at, link.size(), path);
    at += path.size();
  }
  return text;
}

// Leaked on purpose: code of a plugin may run until the process ends.
boost::dll::shared_library& MapLibrary(const UniqueFd& fd, const std::string& path) {
  using boost::dll::load_mode::rtld_local;
  using boost::dll::load_mode::rtld_now;
  const std::string link = "/proc/self/fd/" + std::to_string(fd.get());
  auto* library = new boost::dll::shared_library;
  try {
    library->load(link, rtld_now | rtld_local);
  } catch (const std::exception& failure) {
    throw Refusal(CONNHOST_UNSUPPORTED,
                  "the library cannot be loaded: " + LinkerMessage(failure.what(), link, path));
  }
  return *library;
}

}  // namespace

UniqueFd OpenLibrary(const std::string& path, const std::string& sha256) {
  std::string found;
  UniqueFd fd;
  try {
    fd = OpenFile(path, O_RDONLY);
    found = Sha256OfFd(fd.get(), path);
  } catch (const Error& failure) {
    throw Refusal(CONNHOST_CONFIG, std::string("the library cannot be read: ") + failure.what());
  }
  if (found == sha256) return fd;
  throw Refusal(CONNHOST_AUTH, path + " has the SHA-256 " + found + ", but " + sha256 +
                                   " is what was installed; the file was changed: install the "
                                   "connector again");
}

const connhost_plugin& LoadPlugin(const UniqueFd& fd, const std::string& path) {
  boost::dll::shared_library& library = MapLibrary(fd, path);
  if (!library.has(CONNHOST_PLUGIN_SYMBOL)) {
    throw Refusal(CONNHOST_UNSUPPORTED,
                  path + " exports no symbol " CONNHOST_PLUGIN_SYMBOL
                         "; it is no plugin, or was built for another major of the contract");
  }
  const auto& plugin = library.get<const connhost_plugin>(CONNHOST_PLUGIN_SYMBOL);
  if (plugin.abi_major != CONNHOST_ABI_MAJOR) {
    throw Refusal(CONNHOST_UNSUPPORTED, path + " was built for major " +
                                            std::to_string(plugin.abi_major) +
                                            " of the plugin contract; this host has major " +
                                            std::to_string(CONNHOST_ABI_MAJOR));
  }
  return plugin;
}

}  // namespace connhost
