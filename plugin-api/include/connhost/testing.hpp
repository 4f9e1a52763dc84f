// A fake host for the tests of a plugin: collects what it emits, stops it where asked.
//
//   PluginTest csv(connhost_plugin_v1, R"({"path":"orders.csv"})");
//   ReadResult result = csv.Read(R"({"stream":"orders","sync":"full"})");
//   EXPECT_EQ(result.rows, (std::vector<std::string>{R"({"id":1,"name":"Zoë"})"}));
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sdk.hpp"

namespace connhost::sdk {

// Collects logs and the sentence of the last failure; grants the console.
class FakeHost {
 public:
  FakeHost() {
    table_.context = this;
    table_.log = [](const connhost_host* host, int32_t, connhost_text line) {
      Of(host).lines.emplace_back(ToView(line));
    };
    table_.cancelled = [](const connhost_host* host) { return Of(host).cancel ? 1 : 0; };
    table_.fail = [](const connhost_host* host, connhost_text text, uint64_t wait) {
      Of(host).sentence = ToView(text);
      Of(host).retry_after_ms = wait;
    };
    table_.extension = [](const connhost_host* host, const char* id) -> const void* {
      return id == std::string_view(CONNHOST_CONSOLE_1) ? &Of(host).console_table_ : nullptr;
    };
    console_table_.write = [](const connhost_host* host, connhost_text bytes) -> connhost_status {
      Of(host).console += ToView(bytes);
      return CONNHOST_OK;
    };
  }
  FakeHost(const FakeHost&) = delete;
  FakeHost& operator=(const FakeHost&) = delete;

  const connhost_host* table() const { return &table_; }

  std::vector<std::string> lines;
  std::string sentence;
  std::string console;
  uint64_t retry_after_ms = 0;
  bool cancel = false;

 private:
  static FakeHost& Of(const connhost_host* host) { return *static_cast<FakeHost*>(host->context); }

  connhost_host table_{};
  connhost_console console_table_{};
};

// One value as JSON text, for comparison: text quoted, json and number as they stand, dates and
// times as their integers, decimals as "LOW:HIGH", binary as text.
inline std::string ValueText(const ColumnView& column, Type type, uint32_t row) {
  if (column.IsNull(row)) return "null";
  switch (type) {
    case Type::kBool:
      return column.Bool(row) ? "true" : "false";
    case Type::kInt64:
    case Type::kTimestamp:
    case Type::kTimestampUtc:
      return std::to_string(column.Int64(row));
    case Type::kDate:
      return std::to_string(column.Date(row));
    case Type::kFloat64: {
      char text[32];
      std::snprintf(text, sizeof text, "%.17g", column.Float64(row));
      return text;
    }
    case Type::kDecimal:
      return std::to_string(column.DecimalLow(row)) + ":" + std::to_string(column.DecimalHigh(row));
    case Type::kJson:
    case Type::kNumber:
      return std::string(column.Text(row));
    default: {
      std::string text;
      AppendJsonString(text, column.Text(row));
      return text;
    }
  }
}

struct Rejected {
  std::string origin;
  uint64_t position = 0;
  std::string code, reason, raw;
};

// What one `read` did. `rows` are JSON objects with the columns in order.
struct ReadResult {
  connhost_status status = CONNHOST_OK;
  std::string sentence;
  std::vector<Column> columns;
  std::vector<std::string> rows;
  std::vector<std::string> positions;  // "ORIGIN:NUMBER" per row
  std::vector<std::string> states;     // each checkpoint
  std::vector<size_t> rows_at_state;   // rows emitted before each checkpoint
  std::vector<Rejected> rejected;
  size_t batches = 0;
};

// An instance of a source or destination behind a fake host.
class PluginTest {
 public:
  PluginTest(const connhost_plugin& plugin, const std::string& config) : plugin_(plugin) {
    status_ = plugin.source != nullptr
                  ? plugin.source->create(host.table(), ToText(config), &instance_)
                  : plugin.destination->create(host.table(), ToText(config), &instance_);
  }
  PluginTest(const PluginTest&) = delete;
  PluginTest& operator=(const PluginTest&) = delete;
  ~PluginTest() {
    if (instance_ == nullptr) return;
    plugin_.source != nullptr ? plugin_.source->destroy(instance_)
                              : plugin_.destination->destroy(instance_);
  }

  connhost_status created() const { return status_; }
  void* instance() const { return instance_; }

  connhost_status Authenticate() {
    return plugin_.source != nullptr ? plugin_.source->authenticate(instance_)
                                     : plugin_.destination->authenticate(instance_);
  }

  // The catalog's documents.
  std::vector<std::string> Discover() {
    std::vector<std::string> streams;
    const connhost_catalog catalog{
        &streams, [](const connhost_catalog* self, connhost_text text) {
          static_cast<std::vector<std::string>*>(self->context)->emplace_back(ToView(text));
          return connhost_status{CONNHOST_OK};
        }};
    status_ = plugin_.source->discover(instance_, &catalog);
    return streams;
  }

  // Reads; emit and checkpoint answer CANCELLED from call number `stop_at` on (0: never).
  ReadResult Read(const std::string& request, const std::string& state = "", size_t stop_at = 0) {
    Collector collector{{}, stop_at, 0};
    const connhost_output output = collector.Table();
    const connhost_read_request read{ToText(request), ToText(state)};
    host.sentence.clear();
    collector.result.status = plugin_.source->read(instance_, &read, &output);
    collector.result.sentence = host.sentence;
    return collector.result;
  }

  FakeHost host;

 private:
  struct Collector {
    ReadResult result;
    size_t stop_at;
    size_t calls;

    bool Stop() { return ++calls, stop_at != 0 && calls >= stop_at; }
    static Collector& Of(const connhost_output* output) {
      return *static_cast<Collector*>(output->context);
    }
    connhost_output Table() {
      connhost_output output{};
      output.context = this;
      output.schema = [](const connhost_output* self, const ArrowSchema* schema) {
        Of(self).result.columns = ColumnsOf(*schema);
        return connhost_status{CONNHOST_OK};
      };
      output.emit = [](const connhost_output* self, ArrowArray* batch,
                       const connhost_origin* origin) {
        const bool stop = Of(self).Stop();
        if (!stop) Of(self).Take(*batch, origin);
        batch->release(batch);
        return connhost_status{stop ? CONNHOST_CANCELLED : CONNHOST_OK};
      };
      output.checkpoint = [](const connhost_output* self, connhost_text state) {
        if (Of(self).Stop()) return connhost_status{CONNHOST_CANCELLED};
        Of(self).result.states.emplace_back(ToView(state));
        Of(self).result.rows_at_state.push_back(Of(self).result.rows.size());
        return connhost_status{CONNHOST_OK};
      };
      output.reject = [](const connhost_output* self, const connhost_rejection* r) {
        Of(self).result.rejected.push_back(
            {std::string(ToView(r->origin)), r->position, std::string(ToView(r->code)),
             std::string(ToView(r->reason)), std::string(ToView(r->raw))});
        return connhost_status{CONNHOST_OK};
      };
      output.progress = [](const connhost_output*, uint64_t, uint64_t) {};
      return output;
    }
    void Take(const ArrowArray& batch, const connhost_origin* origin) {
      ++result.batches;
      const BatchView view(batch, result.columns);
      for (uint32_t row = 0; row < view.rows(); ++row) {
        std::string text = "{";
        for (size_t i = 0; i < result.columns.size(); ++i) {
          if (i > 0) text += ',';
          AppendJsonString(text, result.columns[i].name);
          text += ':' + ValueText(view[i], result.columns[i].type, row);
        }
        result.rows.push_back(text + '}');
        const std::string name = origin == nullptr ? "" : std::string(ToView(origin->name));
        const uint64_t first = origin == nullptr ? 0 : origin->first;
        result.positions.push_back(name + ":" + std::to_string(first == 0 ? 0 : first + row));
      }
    }
  };

  const connhost_plugin& plugin_;
  void* instance_ = nullptr;
  connhost_status status_ = CONNHOST_OK;
};

// Feeds a destination: what a source would emit into it goes straight to `write`.
//
//   DestinationFeed feed(test, R"({"tenant":"t",...})");
//   feed.Open({{"id", Type::kInt64}});
//   (*feed.rows)[0].AppendInt64(1); feed.rows->EndRow();
//   feed.Commit(1, "{}", true);
class DestinationFeed {
 public:
  DestinationFeed(const connhost_plugin& plugin, PluginTest& test, const std::string& target)
      : plugin_(plugin), test_(test), output_(&table_) {
    table_.context = this;
    table_.schema = [](const connhost_output* self, const ArrowSchema* schema) {
      DestinationFeed& feed = *static_cast<DestinationFeed*>(self->context);
      return feed.status = feed.plugin_.destination->open(feed.test_.instance(), schema);
    };
    table_.emit = [](const connhost_output* self, ArrowArray* batch, const connhost_origin*) {
      return static_cast<DestinationFeed*>(self->context)->Write(batch);
    };
    const connhost_recovery recovery{
        &recovered, [](const connhost_recovery* self, uint64_t sequence, connhost_text state) {
          *static_cast<Committed*>(self->context) = {true, sequence, std::string(ToView(state))};
        }};
    status = plugin.destination->recover(test.instance(), ToText(target), &recovery);
  }
  DestinationFeed(const DestinationFeed&) = delete;
  DestinationFeed& operator=(const DestinationFeed&) = delete;

  // A failing open or write surfaces as the exception Cancelled; `status` tells why.
  void Open(const std::vector<Column>& columns) {
    rows = std::make_unique<BatchWriter>(output_, columns);
  }
  connhost_status Commit(uint64_t sequence, const std::string& state, bool last) {
    if (rows != nullptr) rows->Flush();
    const connhost_commit commit{sequence, ToText(state), last ? 1 : 0};
    return status = plugin_.destination->commit(test_.instance(), &commit, &receipt);
  }

  Committed recovered;
  std::unique_ptr<BatchWriter> rows;
  connhost_receipt receipt{};
  connhost_status status = CONNHOST_OK;
  std::vector<Rejected> rejected;  // position is the row in its batch
  uint64_t next_sequence = 1;      // passed along with batches
  int64_t emitted_at = 1700000000000000;

 private:
  connhost_status Write(ArrowArray* batch) {
    connhost_batch_info info{};
    info.sequence = next_sequence;
    info.emitted_at = emitted_at;
    info.context = this;
    info.reject = [](const connhost_batch_info* self, uint64_t row, connhost_text code,
                     connhost_text reason) {
      static_cast<DestinationFeed*>(self->context)
          ->rejected.push_back(
              {"", row, std::string(ToView(code)), std::string(ToView(reason)), ""});
    };
    status = plugin_.destination->write(test_.instance(), batch, &info);
    batch->release(batch);
    return status;
  }

  const connhost_plugin& plugin_;
  PluginTest& test_;
  connhost_output table_{};
  Output output_;
};

}  // namespace connhost::sdk
