// Loads the plugin: the file that was hashed is the file that runs.
#pragma once

#include <connhost/plugin.h>

#include <string>

#include "base/error.h"
#include "base/files.h"

namespace connhost {

// The answer to HELLO when the plugin is not taken: its status goes to the host as it is.
class Refusal : public Error {
 public:
  Refusal(connhost_status status, const std::string& sentence)
      : Error(ErrorKind::kInternal, sentence), status_(status) {}
  connhost_status status() const { return status_; }

 private:
  connhost_status status_;
};

// Opens the library and compares its SHA-256. Throws Refusal: CONFIG when it cannot be read, AUTH
// when the digest is another one.
UniqueFd OpenLibrary(const std::string& path, const std::string& sha256);

// Maps the library behind `fd`, for good: it is never unloaded. Runs its static initialisers.
// Throws Refusal UNSUPPORTED for a library that cannot be linked, has no plugin symbol, or was
// built for another major of the contract; `path` is for the sentence.
const connhost_plugin& LoadPlugin(const UniqueFd& fd, const std::string& path);

}  // namespace connhost
