// One read of one stream: file after file, batch after batch.
#pragma once

#include <connhost/sdk.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plugins/ndjson/byte_input.h"
#include "plugins/ndjson/cursor_filter.h"
#include "plugins/ndjson/document_columns.h"
#include "plugins/ndjson/file_list.h"
#include "plugins/ndjson/input_format.h"
#include "plugins/ndjson/read_state.h"
#include "plugins/ndjson/record_sink.h"

namespace connhost::ndjson {

// Used for one call of Run. Main thread.
class ReadRun : private RecordSink {
 public:
  // Everything given must outlive it. `files`: those of the stream, by name.
  ReadRun(const Settings& settings, sdk::Host host, const sdk::ReadRequest& request,
          sdk::Output& output);

  void Run(const std::vector<InputFile>& files);

 private:
  void Record(std::string_view text, uint64_t end) override;
  void Blank(uint64_t end) override;
  void TooLarge(std::string_view head, uint64_t end) override;

  void ReadFile(const InputFile& file);
  void ReadLines(ByteInput& input);
  void ReadArray(ByteInput& input);
  template <class Splitter>
  void Pump(ByteInput& input, Splitter& splitter);
  bool IsUnchanged(const FileState& known) const;
  bool GoesOn(const FileState& known) const;
  void StartFile(const InputFile& file);
  bool Advance(uint64_t end, size_t bytes);
  bool Passes(std::string_view text);
  void Reject(std::string_view code, const std::string& reason, std::string_view raw);
  void CheckpointIfDue(uint64_t after_bytes);
  void Checkpoint(bool ended);

  const Settings& settings_;
  const sdk::Host host_;
  const sdk::ReadRequest& request_;
  sdk::Output& output_;
  const bool keep_files_;  // go on by files, not by a cursor or the place in one full read
  ReadState state_;
  DocumentColumns columns_;
  sdk::BatchWriter rows_;
  std::optional<CursorFilter> filter_;
  std::vector<char> buffer_;

  const InputFile* file_ = nullptr;
  std::unique_ptr<SourceFile> source_;
  InputFormat format_{};
  FileState at_;              // of the file being read
  uint64_t line_ = 0;         // position of the record at hand
  uint64_t skip_ = 0;         // positions an earlier run took
  uint64_t next_line_ = 0;    // that the batch expects
  uint64_t since_bytes_ = 0;  // read since the last checkpoint
  uint64_t state_bytes_ = 0;  // size of the last checkpoint
  uint64_t done_bytes_ = 0, total_bytes_ = 0;
};

}  // namespace connhost::ndjson
