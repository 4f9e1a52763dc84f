#include "plugins/csv/commit_marker.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <connhost/failure.hpp>
#include <connhost/json.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <system_error>

namespace connhost::csv {
namespace {

uint64_t NumberIn(const sdk::Json& json, const char* key, const std::string& path) {
  const sdk::Json* member = json.Find(key);
  const std::string text = member == nullptr ? "" : member->text();
  uint64_t number = 0;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || stop != text.data() + text.size()) {
    throw sdk::ConfigFailure("'" + path + "' is expected to say in '" + key +
                             "' what was committed, but does not; move the data file and this one "
                             "away to start anew");
  }
  return number;
}

}  // namespace

void ThrowErrno(const std::string& what, const std::string& path) {
  const int error = errno;
  const std::string sentence =
      "cannot " + what + " '" + path + "': " + std::generic_category().message(error);
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      throw sdk::TransientFailure(sentence +
                                  "; free some space there, then the next run goes on from the "
                                  "last commit");
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
      throw sdk::ConfigFailure(sentence + "; check 'path' and its permissions");
    default:
      throw sdk::TransientFailure(sentence);
  }
}

bool Exists(const std::string& path) {
  return access(path.c_str(), F_OK) == 0;
}

void RemoveIfThere(const std::string& path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT) ThrowErrno("remove", path);
}

void SyncFolderOf(const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  const int fd = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) ThrowErrno("open the folder of", path);
  const int result = fsync(fd);
  close(fd);
  if (result != 0) ThrowErrno("sync the folder of", path);
}

void RenameDurably(const std::string& from, const std::string& to) {
  if (rename(from.c_str(), to.c_str()) != 0) ThrowErrno("rename to '" + to + "' the file", from);
  SyncFolderOf(to);
}

void WriteFully(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) ThrowErrno("write", path);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

bool CommitMarker::Load(const std::string& path) {
  if (!Exists(path)) return false;
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const sdk::Json json = sdk::Json::Parse(text, "'" + path + "'");
  sequence = NumberIn(json, "sequence", path);
  bytes = NumberIn(json, "bytes", path);
  start = NumberIn(json, "start", path);
  state = json.GetString("state");
  columns = json.GetStrings("columns");
  complete = json.GetBool("complete", false);
  return true;
}

void CommitMarker::Save(const std::string& path) const {
  sdk::Json names = sdk::Json::Array();
  for (const std::string& column : columns) names.Append(sdk::Json::String(column));
  sdk::Json json = sdk::Json::Object();
  json.Set("sequence", sdk::Json::NumberText(std::to_string(sequence)));
  json.Set("state", sdk::Json::String(state));
  json.Set("bytes", sdk::Json::NumberText(std::to_string(bytes)));
  json.Set("start", sdk::Json::NumberText(std::to_string(start)));
  json.Set("columns", std::move(names));
  json.Set("complete", sdk::Json::Bool(complete));
  const std::string fresh = path + ".tmp";
  const int fd = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) ThrowErrno("create", fresh);
  try {
    WriteFully(fd, json.Write() + "\n", fresh);
  } catch (...) {
    close(fd);
    throw;
  }
  const int synced = fsync(fd);
  close(fd);
  if (synced != 0) ThrowErrno("sync", fresh);
  RenameDurably(fresh, path);
}

}  // namespace connhost::csv
