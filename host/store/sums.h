// The list of a package's files with size and digest. Format: docs/formats/package.md, "SUMS".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace connhost {

inline constexpr std::string_view kSumsName = "SUMS";
inline constexpr size_t kMostSumsBytes = size_t{2} << 20;

struct Sum {
  std::string sha256;  // 64 lowercase hex digits
  uint64_t size = 0;
  std::string path;  // inside the package
  bool operator==(const Sum&) const = default;
};

bool IsSha256Hex(std::string_view text);

// Sorts by path.
std::string WriteSums(std::vector<Sum> sums);

// Strict: the only text that WriteSums could have written. `package` names it in the refusal
// (Error{kPolicy}). Paths are checked as names (entry_names.h).
std::vector<Sum> ParseSums(std::string_view text, const std::string& package);

// The line of `path`, or nullptr; `sums` as ParseSums returns them.
const Sum* FindSum(const std::vector<Sum>& sums, std::string_view path);

}  // namespace connhost
