#include "host/pipeline/document_guard.h"

#include <gtest/gtest.h>

#include <connhost/testing.hpp>

namespace connhost {
namespace {

// A batch of one json column `doc` and one number column `n`, as it looks after decoding.
class Batch {
 public:
  Batch(const std::vector<const char*>& documents, const std::vector<const char*>& numbers) {
    Fill(documents, &json_);
    Fill(numbers, &number_);
    view_.rows = json_.rows();
    for (sdk::ColumnBuffer* buffer : {&json_, &number_}) {
      ArrowArray array{};
      buffer->Export(&array, pointers_);
      ColumnView column;
      column.null_count = static_cast<uint32_t>(array.null_count);
      column.validity = static_cast<const uint8_t*>(pointers_[0]);
      column.offsets = static_cast<const int32_t*>(pointers_[1]);
      column.data = static_cast<const uint8_t*>(pointers_[2]);
      column.data_bytes = static_cast<uint64_t>(column.offsets[view_.rows]);
      view_.columns.push_back(column);
    }
  }
  const BatchView& view() const { return view_; }

 private:
  static void Fill(const std::vector<const char*>& texts, sdk::ColumnBuffer* buffer) {
    for (const char* text : texts) {
      if (text == nullptr) {
        buffer->AppendNull();
      } else {
        buffer->AppendText(text);
      }
    }
  }
  sdk::ColumnBuffer json_{sdk::Type::kJson}, number_{sdk::Type::kNumber};
  const void* pointers_[3];
  BatchView view_;
};

Schema TwoColumns() {
  return {{{"doc", ColumnType::kJson, true, 0, 0}, {"n", ColumnType::kNumber, true, 0, 0}}};
}

std::vector<uint32_t> BadRows(const Batch& batch) {
  DocumentGuard guard(TwoColumns());
  std::vector<uint32_t> rows;
  for (const BadDocument& bad : guard.Check(batch.view())) rows.push_back(bad.row);
  return rows;
}

TEST(DocumentGuard, PassesWhatIsValid) {
  EXPECT_TRUE(
      BadRows(Batch({R"({"a":[1,2.50,"\u00e9"]})", nullptr, "null"}, {"1", "-0.5e10", nullptr}))
          .empty());
}

TEST(DocumentGuard, NamesEachBadRowOnce) {
  EXPECT_EQ(BadRows(Batch({"{", "{}", "{}x", "{}"}, {"1", "01", "x", "2"})),
            (std::vector<uint32_t>{0, 1, 2}));
}

TEST(DocumentGuard, RefusesWhatWouldBreakALine) {
  EXPECT_EQ(BadRows(Batch({"{}", "{\n}", "[1,\t2]"}, {"1", "1", "1"})),
            (std::vector<uint32_t>{1, 2}));
}

TEST(DocumentGuard, RefusesASplicedEnvelope) {
  EXPECT_EQ(BadRows(Batch({R"({"a":1},"tenant":"other")"}, {"1"})), (std::vector<uint32_t>{0}));
  EXPECT_EQ(BadRows(Batch({"{}"}, {"1,\"x\":2"})), (std::vector<uint32_t>{0}));
}

}  // namespace
}  // namespace connhost
