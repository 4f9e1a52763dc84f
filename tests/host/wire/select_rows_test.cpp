#include <gtest/gtest.h>

#include <numeric>

#include "tests/host/wire/test_batches.h"

namespace connhost {
namespace {

std::vector<std::vector<Cell>> Pick(const std::vector<std::vector<Cell>>& columns,
                                    const std::vector<uint32_t>& keep) {
  std::vector<std::vector<Cell>> picked(columns.size());
  for (size_t i = 0; i < columns.size(); ++i) {
    for (const uint32_t row : keep) picked[i].push_back(columns[i][row]);
  }
  return picked;
}

struct Selection {
  std::string payload;
  uint64_t first = 0;
};

Selection Select(const std::vector<std::vector<Cell>>& cells, const std::vector<uint32_t>& keep) {
  TestBatch batch(EveryType(), cells);
  const connhost_origin origin{{"page 7", 6}, 100};
  const ExactCopy payload(batch.Payload(&origin));
  BatchView view;
  DecodeBatch(payload.view(), batch.schema(), &view);
  const ExactCopy selected(SelectRows(view, batch.schema(), keep));
  DecodeBatch(selected.view(), batch.schema(), &view);
  EXPECT_EQ(view.origin, "page 7");
  return {std::string(selected.view()), view.first};
}

TEST(SelectRows, EqualsABatchBuiltFromTheKeptRows) {
  const auto cells = RandomCells(EveryType(), 1000, 3);
  std::mt19937 random(11);
  for (const uint32_t share : {2U, 10U, 300U}) {
    std::vector<uint32_t> keep;
    for (uint32_t row = 0; row < 1000; ++row) {
      if (random() % share != 0) keep.push_back(row);
    }
    TestBatch expected(EveryType(), Pick(cells, keep));
    const connhost_origin origin{{"page 7", 6}, 0};
    EXPECT_EQ(Select(cells, keep).payload, expected.Payload(&origin));
  }
}

TEST(SelectRows, KeepsThePositionOfConsecutiveRowsOnly) {
  const auto cells = RandomCells(EveryType(), 20, 4);
  EXPECT_EQ(Select(cells, {0, 1, 2}).first, 100U);
  EXPECT_EQ(Select(cells, {17, 18, 19}).first, 117U);
  EXPECT_EQ(Select(cells, {0, 2}).first, 0U);
}

TEST(SelectRows, KeepingAllChangesNothing) {
  const auto cells = RandomCells(EveryType(), 65, 6);
  std::vector<uint32_t> all(65);
  std::iota(all.begin(), all.end(), 0U);
  TestBatch batch(EveryType(), cells);
  const connhost_origin origin{{"page 7", 6}, 100};
  EXPECT_EQ(Select(cells, all).payload, batch.Payload(&origin));
}

TEST(SelectRows, DropsTheBitmapWhenNoNullIsLeft) {
  TestBatch batch(OneColumn(ColumnType::kInt64), {{BytesOf(1), std::nullopt, BytesOf(3)}});
  const ExactCopy payload(batch.Payload());
  BatchView view;
  DecodeBatch(payload.view(), batch.schema(), &view);
  const ExactCopy selected(SelectRows(view, batch.schema(), {0, 2}));
  DecodeBatch(selected.view(), batch.schema(), &view);
  EXPECT_EQ(view.columns[0].validity, nullptr);
  EXPECT_EQ(CellOf(view.columns[0], batch.schema().columns[0], 1), Cell(BytesOf(3)));
}

TEST(SelectRows, NothingKeptIsNoBatch) {
  TestBatch batch(OneColumn(ColumnType::kInt64), {{BytesOf(1)}});
  const ExactCopy payload(batch.Payload());
  BatchView view;
  DecodeBatch(payload.view(), batch.schema(), &view);
  EXPECT_EQ(SelectRows(view, batch.schema(), {}), "");
}

}  // namespace
}  // namespace connhost
