// Feeds the destination of the csv connector.
#pragma once

#include <initializer_list>

#include "tests/plugins/csv/csv_folder.h"

namespace connhost::csv {

inline const connhost_plugin& DestinationOnly() {
  static const connhost_plugin plugin = [] {
    connhost_plugin only = connhost_plugin_v1;
    only.source = nullptr;
    return only;
  }();
  return plugin;
}

// An instance that has recovered the stream `s` of the folder.
class Feed {
 public:
  Feed(const CsvFolder& folder, const std::string& mode, const std::string& more = "",
       const std::string& stream = "s")
      : test_(DestinationOnly(), folder.Config("", more)),
        feed_(
            DestinationOnly(), test_,
            R"({"tenant":"t","connection":"c","connector":"csv@1","run_id":"r","key":[],"stream":")" +
                stream + R"(","mode":")" + mode + "\"}") {
    feed_.next_sequence = feed_.recovered.sequence + 1;
  }

  sdk::DestinationFeed* operator->() { return &feed_; }
  const std::string& sentence() const { return test_.host.sentence; }

  // A row of text columns; nullptr is null.
  void Row(std::initializer_list<const char*> values) {
    size_t column = 0;
    for (const char* value : values) {
      sdk::ColumnBuffer& buffer = (*feed_.rows)[column++];
      value == nullptr ? buffer.AppendNull() : buffer.AppendText(value);
    }
    feed_.rows->EndRow();
  }

 private:
  sdk::PluginTest test_;
  sdk::DestinationFeed feed_;
};

}  // namespace connhost::csv
