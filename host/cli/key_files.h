// Secret keys and dates as commands take them.
#pragma once

#include <cstdint>
#include <string>

#include "host/cli/options.h"
#include "host/signature/secret_key.h"

namespace connhost {

// The secret key in a file; asks for its password when it has one. What SecretKey::Parse throws.
SecretKey LoadSecretKey(const std::string& path);

// Microseconds of an option's date "2027-01-31" (its first instant in UTC); 0 when it is not given.
// Error{kUsage} when it is no date or lies in the past.
int64_t DateOption(const Arguments& arguments, const std::string& option);

}  // namespace connhost
