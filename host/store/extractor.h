// Writes the files of a package into a fresh folder, durably and read-only.
#pragma once

#include <filesystem>
#include <string>

#include "base/files.h"
#include "host/store/package_reader.h"

namespace connhost {

// Every path is opened part by part from the folder's descriptor, never through a link, and each
// file is created exclusively: nothing outside the folder can be reached. Files become 0444 or 0555
// and are fsynced one by one; folders are left for SealTree. Error{kTransient} when the disk is
// full.
class Extractor : public PackageSink {
 public:
  explicit Extractor(const std::filesystem::path& folder);
  void BeginFile(const std::string& path, bool executable) override;
  void Write(std::string_view bytes) override;
  void EndFile() override;

 private:
  UniqueFd folder_;
  std::string where_;
  UniqueFd file_;
  std::string path_;
  bool executable_ = false;
};

}  // namespace connhost
