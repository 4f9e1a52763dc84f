// The host as an author sees it: log, cancelled, console.
#pragma once

#include <string_view>

#include "failure.hpp"

namespace connhost::sdk {

// A handle; copy it freely. Lives as long as the instance. Any thread.
class Host {
 public:
  explicit Host(const connhost_host* host) : host_(host) {}

  void Debug(std::string_view line) const { host_->log(host_, CONNHOST_LOG_DEBUG, ToText(line)); }
  void Info(std::string_view line) const { host_->log(host_, CONNHOST_LOG_INFO, ToText(line)); }
  void Warn(std::string_view line) const { host_->log(host_, CONNHOST_LOG_WARN, ToText(line)); }

  // To be called while waiting: a sign of life, and throws Cancelled when the host wants an end.
  void Poll() const {
    if (host_->cancelled(host_) != 0) throw Cancelled{};
  }

  // A host extension, or a sentence that names it when the host lacks it or policy denies it.
  template <class Table>
  const Table& Extension(const char* id) const {
    const void* table = host_->extension(host_, id);
    if (table == nullptr) {
      throw UnsupportedFailure(std::string("this host does not offer '") + id +
                               "' to the connector: it is too old, or the manifest does not ask "
                               "for it, or policy denies it");
    }
    return *static_cast<const Table*>(table);
  }

  // Bytes for the standard output of the command (capability `console`).
  void Print(std::string_view bytes) const {
    if (Extension<connhost_console>(CONNHOST_CONSOLE_1).write(host_, ToText(bytes)) !=
        CONNHOST_OK) {
      throw Cancelled{};
    }
  }

  const connhost_host* raw() const { return host_; }

 private:
  const connhost_host* host_;
};

}  // namespace connhost::sdk
