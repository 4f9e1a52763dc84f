// The host as the plugin sees it: the functions behind connhost_host.
#pragma once

#include <connhost/plugin.h>

#include <string_view>

#include "host/worker/call.h"

namespace connhost {

// Lives as long as the instance; its functions may be called as plugin.h says.
class HostTable {
 public:
  // `console`: whether the extension is granted.
  HostTable(const Guest& guest, bool console);
  HostTable(const HostTable&) = delete;
  HostTable& operator=(const HostTable&) = delete;

  const connhost_host* host() const { return &host_; }

 private:
  Guest guest_;
  connhost_host host_;
};

inline std::string_view ViewOf(connhost_text text) {
  return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}

inline connhost_text TextOf(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace connhost
