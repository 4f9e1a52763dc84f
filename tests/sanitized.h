// Whether this build carries a sanitizer that reserves memory: then guests have no memory limit.
#pragma once

namespace connhost {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace connhost
