// Amounts as manifests write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace connhost {

// "256MiB" in bytes; units KiB, MiB, GiB. nullopt when it is written otherwise, is 0 or overflows.
std::optional<uint64_t> ParseSize(std::string_view text);

// "90s" in seconds; units s, m, h.
std::optional<uint64_t> ParseSeconds(std::string_view text);

}  // namespace connhost
