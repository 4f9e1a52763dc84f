// One `read`: goes through a stream's files from the stored state to their end.
#pragma once

#include <connhost/source.hpp>
#include <memory>
#include <string>
#include <vector>

#include "plugins/csv/files.h"
#include "plugins/csv/layout.h"
#include "plugins/csv/read_state.h"
#include "plugins/csv/table_loader.h"

namespace connhost::csv {

// Used once. What it takes by reference outlives it.
class StreamRead {
 public:
  // `files` are the stream's, by name, with their layouts. Throws what the state refuses.
  StreamRead(const Config& config, const Sizes& sizes, sdk::Host host,
             const std::vector<FoundFile>& files, const std::vector<Layout>& layouts,
             const sdk::ReadRequest& request, sdk::Output& output);

  // Throws a Failure, or Cancelled.
  void Run();

 private:
  void ForgetVanished();
  bool HasFile(const std::string& name) const;
  void ReadFile(size_t number);
  bool FindStart(const DiskFile& file, FileMark& mark);
  bool ResumeCurrent(const DiskFile& file, FileMark& mark);
  TableLoader OpenLoader(DiskFile& file, const Layout& layout, const FileMark& start);
  LoadPlan PlanFor(const std::string& name, const Layout& layout) const;
  void Save();

  const Config& config_;
  const Sizes& sizes_;
  sdk::Host host_;
  const std::vector<FoundFile>& files_;
  const std::vector<Layout>& layouts_;
  bool incremental_;
  sdk::Output& output_;
  ReadState state_;
  std::vector<sdk::Column> columns_;
  std::unique_ptr<CursorFilter> filter_;
  sdk::BatchWriter writer_;
  uint64_t unsaved_ = 0;       // bytes of text since the last checkpoint
  uint64_t bytes_before_ = 0;  // on disk, of the files before the one being read
  uint64_t bytes_total_ = 0;
};

}  // namespace connhost::csv
