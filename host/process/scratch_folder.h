// The one folder a guest may write: made for it, and gone with it.
#pragma once

#include <filesystem>

#include "base/files.h"

namespace connhost {

// A fresh folder under `parent` (made when missing), removed with all its content at the end of the
// object's life. While the object lives it holds a lock on the folder: what a host that was killed
// left behind is unlocked, and the next object under the same parent removes it. Many processes may
// share a parent. Throws Error{kTransient} when there is no room, Error{kConfig} when `parent`
// cannot be used.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::filesystem::path& parent);
  ScratchFolder(ScratchFolder&&) = delete;
  ~ScratchFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  UniqueFd lock_;
};

}  // namespace connhost
