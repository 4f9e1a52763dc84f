#include "host/cli/key_files.h"

#include "base/error.h"
#include "base/files.h"
#include "base/time.h"
#include "host/cli/password.h"
#include "host/signature/signature_text.h"

namespace connhost {

SecretKey LoadSecretKey(const std::string& path) {
  std::string text = ReadFile(path, kMostSignatureBytes);
  try {
    SecretKey key = SecretKey::Parse(text, path, AskKeyPassword);
    Wipe(text.data(), text.size());
    return key;
  } catch (...) {
    Wipe(text.data(), text.size());
    throw;
  }
}

int64_t DateOption(const Arguments& arguments, const std::string& option) {
  if (!arguments.Has(option)) return 0;
  const std::string text = arguments.Get(option);
  const auto time = ParseUtcTime(text + "T00:00:00Z");
  if (!time) {
    throw Error(ErrorKind::kUsage,
                "--" + option + ": expected a date such as 2027-01-31, found '" + text + "'");
  }
  if (*time > NowMicros()) return *time;
  throw Error(ErrorKind::kUsage, "--" + option + ": " + text + " is past");
}

}  // namespace connhost
