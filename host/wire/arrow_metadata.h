// The key-value pairs of an ArrowSchema. Source of the format: the Apache Arrow columnar
// specification, "The Arrow C data interface", ArrowSchema.metadata: int32 number of pairs, then
// per pair int32 length and bytes of the key, int32 length and bytes of the value; native byte
// order.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connhost {

inline constexpr char kExtensionKey[] = "ARROW:extension:name";
inline constexpr char kJsonExtension[] = "arrow.json";
inline constexpr char kNativeKey[] = "connhost.native";
inline constexpr char kNumberExtension[] = "connhost.number";

// The value of a key, or "" when it is absent or `metadata` is NULL. The format says nothing of its
// own size, so a wrong number can only be noticed when it is negative or absurd (above 1,024 pairs
// or 1 MiB a text): Error{kInternal}.
std::string FindArrowMetadata(const char* metadata, std::string_view key);

using ArrowPair = std::pair<std::string_view, std::string_view>;  // key, value
// "" for no pairs.
std::string EncodeArrowMetadata(const std::vector<ArrowPair>& pairs);

}  // namespace connhost
