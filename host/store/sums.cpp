#include "host/store/sums.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "host/store/entry_names.h"
#include "host/store/refusal.h"

namespace connhost {
namespace {

constexpr size_t kHexDigits = 64;
constexpr std::string_view kGap = "  ";

std::optional<Sum> ParseLine(std::string_view line) {
  const size_t size_at = kHexDigits + kGap.size();
  if (line.size() < size_at || !IsSha256Hex(line.substr(0, kHexDigits)) ||
      line.substr(kHexDigits, kGap.size()) != kGap) {
    return std::nullopt;
  }
  const size_t gap_at = line.find(kGap, size_at);
  if (gap_at == std::string_view::npos) return std::nullopt;
  const std::string_view digits = line.substr(size_at, gap_at - size_at);
  Sum sum{std::string(line.substr(0, kHexDigits)), 0,
          std::string(line.substr(gap_at + kGap.size()))};
  const auto [end, failure] =
      std::from_chars(digits.data(), digits.data() + digits.size(), sum.size);
  const bool canonical = digits.size() == 1 || (!digits.empty() && digits.front() != '0');
  if (failure != std::errc() || end != digits.data() + digits.size() || !canonical) {
    return std::nullopt;
  }
  return sum;
}

}  // namespace

bool IsSha256Hex(std::string_view text) {
  return text.size() == kHexDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::string WriteSums(std::vector<Sum> sums) {
  std::sort(sums.begin(), sums.end(), [](const Sum& a, const Sum& b) { return a.path < b.path; });
  std::string text;
  for (const Sum& sum : sums) {
    text.append(sum.sha256).append(kGap).append(std::to_string(sum.size)).append(kGap);
    text.append(sum.path).append("\n");
  }
  return text;
}

std::vector<Sum> ParseSums(std::string_view text, const std::string& package) {
  std::vector<Sum> sums;
  for (size_t number = 1; !text.empty(); ++number) {
    const auto refuse = [&](const std::string& problem) {
      return RefusePackage(package, "SUMS, line " + std::to_string(number) + ": " + problem);
    };
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) throw refuse("expected a line feed at its end, found none");
    std::optional<Sum> sum = ParseLine(text.substr(0, end));
    if (!sum) {
      throw refuse("expected 'SHA256  SIZE  PATH', found " + PrintableName(text.substr(0, end)));
    }
    if (const std::string problem = EntryNameProblem(sum->path); !problem.empty()) {
      throw refuse(PrintableName(sum->path) + ": " + problem);
    }
    if (sum->path == kSumsName) throw refuse("SUMS must not list itself");
    if (!sums.empty() && sums.back().path >= sum->path) {
      throw refuse("expected paths in ascending order, found " + PrintableName(sum->path) +
                   " after " + PrintableName(sums.back().path));
    }
    sums.push_back(*std::move(sum));
    text.remove_prefix(end + 1);
  }
  return sums;
}

const Sum* FindSum(const std::vector<Sum>& sums, std::string_view path) {
  const auto at = std::lower_bound(sums.begin(), sums.end(), path,
                                   [](const Sum& sum, std::string_view p) { return sum.path < p; });
  return at != sums.end() && at->path == path ? &*at : nullptr;
}

}  // namespace connhost
