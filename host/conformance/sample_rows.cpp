#include "host/conformance/sample_rows.h"

#include <connhost/output.hpp>

#include "base/time.h"

namespace connhost {
namespace {

// Takes what a BatchWriter emits.
struct Encoded {
  Schema schema;
  BatchEncoder* encoder = nullptr;
  std::string payload;

  static Encoded& Of(const connhost_output* output) {
    return *static_cast<Encoded*>(output->context);
  }
  connhost_output Table() {
    connhost_output table{};
    table.context = this;
    table.schema = [](const connhost_output* self, const ArrowSchema* columns) {
      Of(self).schema = SchemaFromArrow(*columns);
      return connhost_status{CONNHOST_OK};
    };
    table.emit = [](const connhost_output* self, ArrowArray* batch, const connhost_origin* origin) {
      Encoded& encoded = Of(self);
      for (const iovec& part : encoded.encoder->Encode(*batch, encoded.schema, origin)) {
        encoded.payload.append(static_cast<const char*>(part.iov_base), part.iov_len);
      }
      batch->release(batch);
      return connhost_status{CONNHOST_OK};
    };
    return table;
  }
};

std::vector<sdk::Column> ColumnsOf(SampleRows::Width width) {
  using sdk::Type;
  std::vector<sdk::Column> columns = {{"id", Type::kInt64, false}, {"mark", Type::kText}};
  if (width == SampleRows::Width::kPlain) return columns;
  columns.insert(columns.end(), {{"even", Type::kBool},
                                 {"half", Type::kFloat64},
                                 {"bytes", Type::kBinary},
                                 {"day", Type::kDate},
                                 {"local", Type::kTimestamp},
                                 {"instant", Type::kTimestampUtc},
                                 {"price", Type::kDecimal, true, 12, 2},
                                 {"document", Type::kJson},
                                 {"exact", Type::kNumber}});
  return columns;
}

// Every seventh record has nulls in all but its key and marker.
void AppendRest(sdk::BatchWriter& rows, int64_t id) {
  if (id % 7 == 0) {
    for (size_t i = 2; i < rows.columns().size(); ++i) rows[i].AppendNull();
    return;
  }
  const std::string number = std::to_string(id);
  rows[2].AppendBool(id % 2 == 0);
  rows[3].AppendFloat64(static_cast<double>(id) / 2);
  rows[4].AppendText(std::string("\xFF\x00\x80", 3));
  rows[5].AppendDate(static_cast<int32_t>(20'000 + id % 1000));
  rows[6].AppendInt64(id * 1'000'000);
  rows[7].AppendInt64(id * 1'000'000 + 1);
  rows[8].AppendDecimal(static_cast<uint64_t>(id), 0);
  rows[9].AppendText("{\"id\":" + number + ",\"text\":\"a, \\\"b\\\"\\n☃\"}");
  rows[10].AppendText(number + ".0500");
}

}  // namespace

SampleRows::SampleRows(Width width, std::string token) : width_(width), token_(std::move(token)) {
  Encoded encoded;
  const connhost_output table = encoded.Table();
  sdk::Output output(&table);
  const sdk::BatchWriter rows(output, ColumnsOf(width_));
  schema_ = encoded.schema;
}

std::string SampleRows::Batch(int64_t first, uint32_t count, int generation) {
  Encoded encoded;
  encoded.encoder = &encoder_;
  const connhost_output table = encoded.Table();
  sdk::Output output(&table);
  sdk::BatchWriter rows(output, ColumnsOf(width_));
  rows.SetOrigin("sample", static_cast<uint64_t>(first) + 1);
  for (int64_t id = first; id < first + count; ++id) {
    rows[0].AppendInt64(id);
    rows[1].AppendText(token_ + "-" + std::to_string(generation) + "-" + std::to_string(id) + ".");
    if (width_ == Width::kFull) AppendRest(rows, id);
    rows.EndRow();
  }
  rows.Flush();
  StampBatch(encoded.payload.data(), NowMicros());
  return std::move(encoded.payload);
}

}  // namespace connhost
