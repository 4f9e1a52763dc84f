// Passwords of secret keys: from the terminal, or from a file that CONNHOST_KEY_PASSWORD_FILE
// names; never from the command line or the environment itself.
#pragma once

#include <string>

#include "host/signature/secret_key.h"

namespace connhost {

// The first line of the file, else what is typed without echo. Error{kAuth} when there is neither
// file nor terminal.
SecretBytes AskKeyPassword(const std::string& what);

// The same for a new key: typed twice, empty for none. Error{kAuth} when the two differ.
SecretBytes AskNewKeyPassword(const std::string& what);

}  // namespace connhost
