#include "plugins/local-files/known_files.h"

#include <xxhash.h>

#include <connhost/failure.hpp>
#include <cstdio>

namespace connhost::local_files {

namespace {

constexpr size_t kMostStateBytes = size_t{1} << 20;

std::string SignatureOf(const struct stat& info) {
  const int64_t parts[] = {info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec};
  char hex[17];
  std::snprintf(hex, sizeof hex, "%016llx",
                static_cast<unsigned long long>(XXH3_64bits(parts, sizeof parts)));
  return hex;
}

}  // namespace

KnownFiles::KnownFiles(const sdk::Json& state) {
  const sdk::Json* files = state.Find("files");
  if (files == nullptr && !state.is_null() && state.Find("last") == nullptr) {
    throw sdk::StaleCursorFailure(
        "the stored state is not one of local-files: expected 'files' or 'last', found neither; "
        "clear the state to read in full");
  }
  if (files == nullptr) return;
  const std::vector<sdk::Json>& items = files->items();
  if (files->kind() != sdk::Json::Kind::kArray || items.size() % 2 != 0) {
    throw sdk::StaleCursorFailure(
        "the stored state is not one of local-files: 'files' must list paths and signatures in "
        "turn");
  }
  for (size_t i = 0; i < items.size(); i += 2) files_[items[i].text()] = {items[i + 1].text()};
}

bool KnownFiles::IsChanged(const std::string& path, const struct stat& info) {
  const auto found = files_.find(path);
  if (found == files_.end()) return true;
  found->second.present = true;
  return found->second.signature != SignatureOf(info);
}

void KnownFiles::Touch(const std::string& path) {
  const auto found = files_.find(path);
  if (found != files_.end()) found->second.present = true;
}

void KnownFiles::Put(const std::string& path, const struct stat& info) {
  files_[path] = {SignatureOf(info), true};
}

std::vector<std::string> KnownFiles::Missing() const {
  std::vector<std::string> paths;
  for (const auto& [path, entry] : files_) {
    if (!entry.present) paths.push_back(path);
  }
  return paths;
}

sdk::Json KnownFiles::ToJson() const {
  sdk::Json files = sdk::Json::Array();
  for (const auto& [path, entry] : files_) {
    files.Append(sdk::Json::String(path));
    files.Append(sdk::Json::String(entry.signature));
  }
  sdk::Json state = sdk::Json::Object();
  state.Set("files", std::move(files));
  if (state.Write().size() > kMostStateBytes) {
    throw sdk::ConfigFailure(
        "the state of " + std::to_string(files_.size()) +
        " files is larger than 1 MiB: spread the folder over several connections with 'path', "
        "'include' or 'exclude', or read it with sync: full");
  }
  return state;
}

}  // namespace connhost::local_files
