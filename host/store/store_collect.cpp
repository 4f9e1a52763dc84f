#include <exception>

#include "host/store/file_tree.h"
#include "host/store/staging.h"
#include "host/store/store.h"
#include "host/store/store_names.h"

namespace connhost {

CollectResult Store::Collect(const CollectingLock&, const std::set<std::string>& keep) const {
  CollectResult result;
  std::exception_ptr failure;
  for (const std::string& name : ListNames(root_)) {
    try {
      if (name.starts_with(kStagingPrefix) || name.starts_with(kTrashPrefix)) {
        result.freed_bytes += RemoveTree(root_ / name);
        ++result.leftovers;
      } else if (const std::string digest = DigestOfEntry(name);
                 !digest.empty() && !keep.contains(digest)) {
        const std::filesystem::path trash = MoveToTrash(root_ / name);
        result.removed.push_back(digest);
        result.freed_bytes += RemoveTree(trash);
      }
    } catch (...) {
      failure = std::current_exception();  // one stubborn folder must not keep the others
    }
  }
  FsyncDirectory(root_);
  if (failure) std::rethrow_exception(failure);
  return result;
}

}  // namespace connhost
