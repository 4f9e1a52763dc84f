#include <gtest/gtest.h>

#include <cstring>

#include "tests/host/wire/test_batches.h"

namespace connhost {
namespace {

void ExpectCells(const BatchView& batch, const Schema& schema,
                 const std::vector<std::vector<Cell>>& cells) {
  ASSERT_EQ(batch.columns.size(), cells.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    ASSERT_EQ(batch.rows, cells[i].size());
    for (uint32_t row = 0; row < batch.rows; ++row) {
      ASSERT_EQ(CellOf(batch.columns[i], schema.columns[i], row), cells[i][row])
          << schema.columns[i].name << " row " << row;
    }
  }
}

class RoundTrip : public testing::TestWithParam<uint32_t> {};

TEST_P(RoundTrip, KeepsEveryCellOfEveryType) {
  const auto cells = RandomCells(EveryType(), GetParam(), GetParam());
  TestBatch batch(EveryType(), cells);
  const ExactCopy payload(batch.Payload());
  BatchView view;
  DecodeBatch(payload.view(), batch.schema(), &view);
  ExpectCells(view, batch.schema(), cells);
}

TEST_P(RoundTrip, GivesTheSameBytesThroughArrowAndBack) {
  TestBatch batch(EveryType(), RandomCells(EveryType(), GetParam(), 7 + GetParam()));
  const std::string name = "orders.csv";
  const connhost_origin origin{{name.data(), name.size()}, 12};
  const ExactCopy payload(batch.Payload(&origin));
  BatchView view;
  DecodeBatch(payload.view(), batch.schema(), &view);
  EXPECT_EQ(view.origin, name);
  EXPECT_EQ(view.first, 12U);

  ArrowArray array;
  BatchToArrow(view, batch.schema(), &array);
  BatchEncoder encoder;
  const std::string again = Join(encoder.Encode(array, batch.schema(), &origin));
  EXPECT_EQ(again, payload.view());
  array.release(&array);
  EXPECT_EQ(array.release, nullptr);
}

INSTANTIATE_TEST_SUITE_P(Rows, RoundTrip,
                         testing::Values(1, 2, 7, 8, 9, 63, 64, 65, 127, 1000, 8191, 8192));

class EachType : public testing::TestWithParam<Column> {};

TEST_P(EachType, SurvivesAllNullsAndNoNulls) {
  const Schema schema{{GetParam()}};
  const std::string filled = IsVariable(GetParam().type)
                                 ? "7"
                                 : std::string(std::max<size_t>(1, FixedWidth(GetParam().type)), 1);
  for (const Cell& cell : {Cell(), Cell(filled)}) {
    const std::vector<std::vector<Cell>> cells = {std::vector<Cell>(70, cell)};
    TestBatch batch(schema, cells);
    const ExactCopy payload(batch.Payload());
    BatchView view;
    DecodeBatch(payload.view(), schema, &view);
    EXPECT_EQ(view.columns[0].null_count, cell ? 0U : 70U);
    EXPECT_EQ(view.columns[0].validity == nullptr, cell.has_value());
    ExpectCells(view, schema, cells);
  }
}

INSTANTIATE_TEST_SUITE_P(Types, EachType, testing::ValuesIn(EveryType().columns),
                         [](const auto& each) {
                           std::string name = each.param.TypeName();
                           return name.substr(0, name.find('('));
                         });

TEST(BatchRoundTrip, KeepsEmptyTexts) {
  const Schema schema = OneColumn(ColumnType::kUtf8);
  const std::vector<std::vector<Cell>> cells = {{"", std::nullopt, "", "\xC3\xA4", "", ""}};
  TestBatch batch(schema, cells);
  const ExactCopy payload(batch.Payload());
  BatchView view;
  DecodeBatch(payload.view(), schema, &view);
  ExpectCells(view, schema, cells);
}

TEST(BatchRoundTrip, KeepsABatchOfEmptyTextsAlone) {
  const Schema schema = OneColumn(ColumnType::kUtf8);
  TestBatch batch(schema, {{"", "", ""}});
  batch.child(0).buffers[2] = nullptr;  // Arrow allows it where there are no bytes
  const ExactCopy payload(batch.Payload());
  BatchView view;
  DecodeBatch(payload.view(), schema, &view);
  EXPECT_EQ(view.columns[0].data_bytes, 0U);
  EXPECT_EQ(view.columns[0].Text(2), "");
}

TEST(BatchRoundTrip, AlignsEveryPart) {
  TestBatch batch(EveryType(), RandomCells(EveryType(), 33, 5));
  const connhost_origin origin{{"abc", 3}, 0};
  const ExactCopy payload(batch.Payload(&origin));
  BatchView view;
  DecodeBatch(payload.view(), batch.schema(), &view);
  for (const ColumnView& column : view.columns) {
    EXPECT_EQ(reinterpret_cast<uintptr_t>(column.data) % 8, 0U);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(column.validity) % 8, 0U);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(column.offsets) % 8, 0U);
  }
}

TEST(BatchRoundTrip, StampsOnlyTheTime) {
  TestBatch batch(OneColumn(ColumnType::kInt64), {{BytesOf(-5)}});
  std::string payload = batch.Payload();
  const std::string before = payload;
  StampBatch(payload.data(), -123456789);
  BatchView view;
  DecodeBatch(payload, batch.schema(), &view);
  EXPECT_EQ(view.emitted_at, -123456789);
  StampBatch(payload.data(), 0);
  EXPECT_EQ(payload, before);
}

TEST(BatchRoundTrip, ReusesAViewOfAnotherShape) {
  TestBatch wide(EveryType(), RandomCells(EveryType(), 40, 1));
  TestBatch narrow(OneColumn(ColumnType::kBool), {{"\1"}});
  const ExactCopy first(wide.Payload()), second(narrow.Payload());
  BatchView view;
  DecodeBatch(first.view(), wide.schema(), &view);
  DecodeBatch(second.view(), narrow.schema(), &view);
  EXPECT_EQ(view.rows, 1U);
  EXPECT_EQ(view.columns.size(), 1U);
}

}  // namespace
}  // namespace connhost
