#include "host/store/entry_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "host/store/refusal.h"

namespace connhost {
namespace {

constexpr size_t kLongestName = 255;
constexpr size_t kMostParts = 16;  // bounds the folders one package can make
constexpr std::array<std::string_view, 2> kTopFolders = {"lib", "data"};
constexpr std::array<std::string_view, 4> kTopFiles = {"manifest.yaml", "SUMS", "README.md",
                                                       "LICENSE"};

std::string PartProblem(std::string_view part) {
  if (part.empty()) return "expected a relative name without empty parts";
  if (part == "." || part == "..") return "expected a name inside the package, found a '.' or '..'";
  if (part.front() == ' ' || part.back() == ' ') return "a part starts or ends with a space";
  return "";
}

// "" when `name`, which has no slash, may stand at the top.
std::string TopLevelProblem(std::string_view name, bool is_folder) {
  const bool folder = std::find(kTopFolders.begin(), kTopFolders.end(), name) != kTopFolders.end();
  const bool file = std::find(kTopFiles.begin(), kTopFiles.end(), name) != kTopFiles.end();
  if (!folder && !file) {
    return "expected only manifest.yaml, SUMS, lib/, data/, README.md and LICENSE at the top, "
           "found " +
           PrintableName(name);
  }
  if (folder != is_folder) return folder ? "expected a folder" : "expected a file, found a folder";
  return "";
}

std::string FoldCase(std::string_view name) {
  std::string folded(name);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

}  // namespace

std::string EntryNameProblem(std::string_view name) {
  if (name.empty()) return "expected a name, found none";
  if (name.size() > kLongestName) {
    return "its name has " + std::to_string(name.size()) + " bytes, at most 255 are allowed";
  }
  if (name.front() == '/') return "expected a relative name, found an absolute one";
  for (const char c : name) {
    if (c == '\\') return "its name holds a backslash";
    if (c < 0x20 || c > 0x7e) {
      return "expected printable ASCII in its name, found a control or non-ASCII byte";
    }
  }
  const std::vector<std::string> parts = Split(name, '/');
  if (parts.size() > kMostParts) {
    return "its name has " + std::to_string(parts.size()) + " parts, at most 16 are allowed";
  }
  for (const std::string& part : parts) {
    if (std::string problem = PartProblem(part); !problem.empty()) return problem;
  }
  return "";
}

std::string EntryNames::Add(std::string_view name, bool is_folder) {
  for (size_t slash = name.find('/'); slash != std::string_view::npos;
       slash = name.find('/', slash + 1)) {
    std::string problem = AddOne(name.substr(0, slash), true, true);
    if (!problem.empty()) return problem;
  }
  return AddOne(name, is_folder, false);
}

std::string EntryNames::AddOne(std::string_view name, bool is_folder, bool implied) {
  if (name.find('/') == std::string_view::npos) {
    if (std::string problem = TopLevelProblem(name, is_folder); !problem.empty()) {
      return problem;
    }
  }
  const auto [at, fresh] =
      by_folded_.try_emplace(FoldCase(name), Known{std::string(name), is_folder});
  const Known& known = at->second;
  if (fresh) return "";
  if (known.name != name)
    return "differs from " + PrintableName(known.name) + " in letter case alone";
  if (known.is_folder != is_folder) return PrintableName(name) + " is both a file and a folder";
  return is_folder || implied ? "" : "occurs twice";
}

}  // namespace connhost
