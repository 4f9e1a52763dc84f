// The plugin: records on the standard output of the command that runs.
#include <connhost/sdk.hpp>

#include "plugins/stdout/batch_format.h"

namespace connhost::stdout_destination {

class StdoutDestination : public sdk::Destination {
 public:
  StdoutDestination(const sdk::Json& config, sdk::Host host)
      : table_(IsTable(config.GetString("format", "ndjson"))), host_(host) {}

  void Authenticate() override { host_.Extension<connhost_console>(CONNHOST_CONSOLE_1); }

  // What was printed cannot be undone or found again.
  sdk::Committed Recover(const sdk::StreamTarget& target) override {
    if (target.mode != sdk::Mode::kAppend) {
      throw sdk::UnsupportedFailure("stream '" + target.stream +
                                    "' must be written with 'write: append': what is printed "
                                    "cannot be changed");
    }
    receipt_ = {};
    return {};
  }

  void Open(const std::vector<sdk::Column>& columns) override {
    columns_ = columns;
    format_ = table_ ? MakeTableLines() : MakeJsonLines();
  }

  void Write(const sdk::BatchView& batch, const sdk::BatchInfo&) override {
    lines_.clear();
    format_->Append(lines_, batch, columns_);
    host_.Print(lines_);
    receipt_.records += batch.rows();
    receipt_.bytes += lines_.size();
  }

  sdk::Receipt Commit(const sdk::CommitRequest&) override { return std::exchange(receipt_, {}); }

 private:
  static bool IsTable(const std::string& format) {
    if (format == "ndjson" || format == "table") return format == "table";
    throw sdk::ConfigFailure("'format' must be one of ndjson, table, but is '" + format + "'");
  }

  const bool table_;
  const sdk::Host host_;
  std::vector<sdk::Column> columns_;
  std::unique_ptr<BatchFormat> format_;
  std::string lines_;
  sdk::Receipt receipt_;
};

}  // namespace connhost::stdout_destination

CONNHOST_DESTINATION("stdout", "1.0.0", connhost::stdout_destination::StdoutDestination)
