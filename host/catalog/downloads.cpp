#include "host/catalog/downloads.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "host/store/file_tree.h"
#include "host/store/store_names.h"

namespace connhost {
namespace {

constexpr std::string_view kLock = ".lock";

// Held while a folder is filled; false when another process holds it and `wait` is not wanted.
bool Lock(const UniqueFd& fd, bool wait) {
  while (::flock(fd.get(), LOCK_EX | (wait ? 0 : LOCK_NB)) != 0) {
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) throw ErrnoError(ErrorKind::kTransient, "lock a folder of downloads");
  }
  return true;
}

// "" when the file holds what is expected, else what is wrong with it.
std::string Problem(const std::filesystem::path& file, const std::string& sha256, uint64_t size) {
  const UniqueFd fd = OpenFile(file, O_RDONLY);
  const uint64_t found_size = std::filesystem::file_size(file);
  if (size != 0 && found_size != size) {
    return "expected " + std::to_string(size) + " bytes, found " + std::to_string(found_size);
  }
  const std::string found = Sha256OfFd(fd.get(), file.string());
  if (found == sha256) return "";
  return "expected sha256 " + sha256 + ", found " + found;
}

}  // namespace

Downloads::Downloads(std::filesystem::path root, Fetch fetch, bool allow_http)
    : root_(std::move(root)), fetch_(std::move(fetch)), allow_http_(allow_http) {}

std::filesystem::path Downloads::Bring(const Location& url, const std::string& sha256,
                                       uint64_t size, uint64_t most_bytes) {
  const std::filesystem::path folder = root_ / (std::string(kEntryPrefix) + sha256);
  const std::filesystem::path file = folder / std::filesystem::path(url.text()).filename();
  MakeDirectories(folder);
  const UniqueFd lock = OpenFile(folder / kLock, O_RDWR | O_CREAT, 0600);
  Lock(lock, true);
  if (std::filesystem::exists(file) && Problem(file, sha256, size).empty()) return file;
  const std::filesystem::path part = file.string() + ".part";
  try {
    Complete(url, part, sha256, size, size == 0 ? most_bytes : size);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kPolicy) std::filesystem::remove(part);
    throw;
  }
  if (::rename(part.c_str(), file.c_str()) != 0) {
    throw ErrnoError(ErrorKind::kTransient, "rename to " + file.string());
  }
  return file;
}

void Downloads::Complete(const Location& url, const std::filesystem::path& part,
                         const std::string& sha256, uint64_t size, uint64_t most_bytes) {
  const auto whole = [&] {
    return std::filesystem::exists(part) && Problem(part, sha256, size).empty();
  };
  if (whole()) return;
  FetchRequest request{url.text(), part.string(), most_bytes};
  request.allow_http = allow_http_;
  request.resume = true;
  // What was there may have been the beginning of something else.
  if (fetch_(request).resumed && !whole()) {
    request.resume = false;
    fetch_(request);
  }
  const std::string problem = Problem(part, sha256, size);
  if (problem.empty()) return;
  throw Error(ErrorKind::kPolicy, url.text() + ": " + problem +
                                      "; the file is not the one that was published; "
                                      "nothing of it was kept");
}

void Downloads::BringInto(const Location& url, const std::filesystem::path& file,
                          uint64_t most_bytes) const {
  FetchRequest request{url.text(), file.string(), most_bytes};
  request.allow_http = allow_http_;
  fetch_(request);
}

std::string Downloads::BringText(const Location& url, size_t most_bytes) const {
  const TemporaryDirectory folder;
  const std::filesystem::path file = folder.path() / "text";
  BringInto(url, file, most_bytes);
  return ReadFile(file, most_bytes);
}

std::filesystem::path Downloads::CatalogFolder(const std::string& name) const {
  return root_ / ("catalog-" + name);
}

uint64_t Downloads::Collect(const std::set<std::string>& keep) {
  uint64_t freed = 0;
  if (!std::filesystem::exists(root_)) return freed;
  for (const std::string& name : ListNames(root_)) {
    const std::string digest = DigestOfEntry(name);
    if (digest.empty() || keep.count(digest) > 0) continue;
    const UniqueFd lock = OpenFile(root_ / name / kLock, O_RDWR | O_CREAT, 0600);
    if (Lock(lock, false)) freed += RemoveTree(root_ / name);
  }
  return freed;
}

}  // namespace connhost
