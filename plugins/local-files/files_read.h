// One read of a folder.
#pragma once

#include <connhost/sdk.hpp>
#include <string>
#include <vector>

#include "plugins/local-files/file_content.h"
#include "plugins/local-files/folder_walk.h"
#include "plugins/local-files/known_files.h"
#include "plugins/local-files/settings.h"

namespace connhost::local_files {

// A full read takes every file behind `last`; an incremental one every file whose signature is
// another than the state says, and then, when nothing was unreadable, reports what is gone. Used
// for one call of Run. Everything given must outlive it. Main thread.
class FilesRead : private WalkVisitor {
 public:
  static std::vector<sdk::Column> Columns();

  // Declares the columns.
  FilesRead(const Settings& settings, sdk::Host host, const sdk::ReadRequest& request,
            sdk::Output& output);

  void Run();

 private:
  void File(const FoundFile& file) override;
  void Unreadable(const std::string& path, const std::string& reason) override;

  void Append(const FoundFile& file, const FileContent& content);
  void AppendOrNull(size_t column, const std::string* text);
  void EmitDeletes();
  void Refuse(const std::string& path, const std::string& reason);
  void Checkpoint();

  const Settings& settings_;
  const sdk::Host host_;
  const bool incremental_;
  KnownFiles known_;
  sdk::Output& output_;
  sdk::BatchWriter rows_;
  std::string last_;
  bool complete_ = true;
  uint64_t since_bytes_ = 0, state_bytes_ = 0;
};

}  // namespace connhost::local_files
