// Sentences for what the other side of the socket did wrong.
#pragma once

#include <string>
#include <string_view>

namespace connhost {

// Throws Error{kInternal} "protocol fault: SENTENCE".
[[noreturn]] void ThrowProtocolFault(const std::string& sentence);

// The name in single quotes, fit for a log line: invalid UTF-8 and control characters replaced, cut
// after 64 bytes.
std::string QuoteName(std::string_view name);

}  // namespace connhost
