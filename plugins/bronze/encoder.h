// Batches as lines of NDJSON. docs/formats/bronze.md, "Lines".
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <connhost/destination.hpp>

#include "envelope_plan.h"
#include "segment_writer.h"
#include "time_text.h"

namespace connhost::bronze {

// Main thread. Allocates nothing a record; memory does not grow with a record's size.
class Encoder {
 public:
  // ConfigFailure when the columns lack one of the key.
  void Open(const sdk::StreamTarget& target, const std::vector<sdk::Column>& columns);
  bool is_open() const { return plan_.has_value(); }

  // Hands back rows with an unknown operation. Answers the number of lines written.
  uint64_t Write(const sdk::BatchView& batch, const sdk::BatchInfo& info, SegmentWriter& out);

 private:
  // A column of the batch at hand.
  struct Values {
    const sdk::ColumnView* view = nullptr;
    const char* safe = nullptr;  // the last place where 16 bytes may be read
    sdk::Type type = sdk::Type::kText;
    int scale = 0;
    DayText day;
  };

  void Bind(const sdk::BatchView& batch);
  const LinePlan* PlanOf(uint32_t row, const LinePlan& upsert, const LinePlan& removal,
                         const sdk::BatchInfo& info) const;
  size_t FixedRoom(const LinePlan& plan) const;
  size_t VariableRoom(uint32_t row) const;
  char* WriteLine(char* out, const LinePlan& plan, uint32_t row);
  void WriteLongLine(const LinePlan& plan, uint32_t row, SegmentWriter& out);
  static char* WriteValue(char* out, Values& values, uint32_t row);
  static void WriteLongValue(Values& values, uint32_t row, SegmentWriter& out);

  std::optional<EnvelopePlan> plan_;
  std::vector<Values> values_;
  std::vector<size_t> variable_;  // the columns of types without a fixed size
};

}  // namespace connhost::bronze
