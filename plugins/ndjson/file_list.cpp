#include "plugins/ndjson/file_list.h"

#include <dirent.h>
#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>
#include <system_error>

namespace connhost::ndjson {

namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

[[noreturn]] void Refuse(const std::string& what, const std::string& path) {
  throw sdk::ConfigFailure("'path' must name " + what + " that can be read, but '" + path +
                           "' gives: " + std::generic_category().message(errno));
}

bool DropSuffix(std::string& text, std::string_view suffix) {
  if (text.size() <= suffix.size() || !std::string_view(text).ends_with(suffix)) return false;
  text.resize(text.size() - suffix.size());
  return true;
}

bool DropSuffixes(std::string& name) {
  DropSuffix(name, ".gz") || DropSuffix(name, ".zst");
  return DropSuffix(name, ".ndjson") || DropSuffix(name, ".jsonl") || DropSuffix(name, ".json");
}

std::vector<std::string> EntriesOf(const std::string& folder) {
  const std::unique_ptr<DIR, CloseFolder> open(opendir(folder.c_str()));
  if (open == nullptr) Refuse("a folder", folder);
  std::vector<std::string> names;
  while (const dirent* entry = readdir(open.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  return names;
}

bool HasWildcard(std::string_view text) {
  return text.find_first_of("*?[") != text.npos;
}

bool IsFile(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

uint64_t SizeOf(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 ? static_cast<uint64_t>(info.st_size) : 0;
}

bool IsFolder(const std::string& path) {
  struct stat info {};
  return lstat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

// Expands the parts of a pattern below a folder.
class Expansion {
 public:
  Expansion(std::string root, std::vector<std::string> parts)
      : root_(std::move(root)), parts_(std::move(parts)) {}

  std::set<std::string> Names() {
    Walk("", 0);
    return std::move(names_);
  }

 private:
  void Walk(const std::string& folder, size_t part) {
    const bool deep = parts_[part] == "**";
    const bool last = part + 1 == parts_.size();
    if (deep && !last) Walk(folder, part + 1);
    for (const std::string& entry : EntriesOf(root_ + folder)) {
      const bool matches =
          deep ? entry[0] != '.' : fnmatch(parts_[part].c_str(), entry.c_str(), FNM_PERIOD) == 0;
      if (!matches) continue;
      const std::string name = folder + entry;
      if (last && IsFile(root_ + name)) names_.insert(name);
      if ((!last || deep) && IsFolder(root_ + name)) Walk(name + "/", deep ? part : part + 1);
    }
  }

  const std::string root_;
  const std::vector<std::string> parts_;
  std::set<std::string> names_;
};

std::vector<std::string> Split(const std::string& pattern) {
  std::vector<std::string> parts;
  for (size_t from = 0; from <= pattern.size();) {
    const size_t to = std::min(pattern.find('/', from), pattern.size());
    if (to > from) parts.push_back(pattern.substr(from, to - from));
    from = to + 1;
  }
  return parts;
}

std::set<std::string> FolderNames(const std::string& root) {
  std::set<std::string> names;
  for (const std::string& entry : EntriesOf(root)) {
    std::string stem = entry;
    if (DropSuffixes(stem) && IsFile(root + entry)) names.insert(entry);
  }
  return names;
}

}  // namespace

std::string StemOf(const std::string& name) {
  std::string stem = name.substr(name.rfind('/') + 1);
  DropSuffixes(stem);
  return stem;
}

std::vector<InputFile> ListFiles(const Settings& settings) {
  std::string root;
  std::set<std::string> names;
  struct stat info {};
  if (stat(settings.path.c_str(), &info) == 0 && !S_ISDIR(info.st_mode)) {
    const size_t slash = settings.path.rfind('/') + 1;
    root = settings.path.substr(0, slash);
    names.insert(settings.path.substr(slash));
  } else if (S_ISDIR(info.st_mode)) {
    root = settings.path + "/";
    names = FolderNames(root);
  } else if (HasWildcard(settings.path)) {
    const size_t slash = settings.path.rfind('/', settings.path.find_first_of("*?[")) + 1;
    root = slash == 0 ? "./" : settings.path.substr(0, slash);
    names = Expansion(root, Split(settings.path.substr(slash))).Names();
  } else {
    Refuse("a file, a folder or a pattern", settings.path);
  }
  std::vector<InputFile> files;
  for (const std::string& name : names) {
    files.push_back({root + name, name, settings.stream.empty() ? StemOf(name) : settings.stream,
                     SizeOf(root + name)});
  }
  return files;
}

}  // namespace connhost::ndjson
