#include "host/store/extractor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.h"
#include "host/store/refusal.h"

namespace connhost {

Extractor::Extractor(const std::filesystem::path& folder)
    : folder_(OpenFile(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)), where_(folder.string()) {}

void Extractor::BeginFile(const std::string& path, bool executable) {
  path_ = path;
  executable_ = executable;
  std::vector<std::string> parts = Split(path, '/');
  const std::string leaf = std::move(parts.back());
  parts.pop_back();
  UniqueFd inner;
  int parent = folder_.get();
  for (const std::string& part : parts) {
    if (::mkdirat(parent, part.c_str(), 0755) != 0 && errno != EEXIST) {
      throw StorageError("create the folder of " + path_ + " in " + where_);
    }
    inner =
        UniqueFd(::openat(parent, part.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!inner.valid()) throw StorageError("open the folder of " + path_ + " in " + where_);
    parent = inner.get();
  }
  file_ = UniqueFd(
      ::openat(parent, leaf.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file_.valid()) throw StorageError("create " + path_ + " in " + where_);
}

void Extractor::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(file_.get(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw StorageError("write " + path_ + " in " + where_);
    bytes.remove_prefix(static_cast<size_t>(put));
  }
}

void Extractor::EndFile() {
  if (::fchmod(file_.get(), executable_ ? 0555 : 0444) != 0 || ::fsync(file_.get()) != 0) {
    throw StorageError("write " + path_ + " in " + where_);
  }
  file_.Reset();
}

}  // namespace connhost
