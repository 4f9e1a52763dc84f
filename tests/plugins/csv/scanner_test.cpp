// The fast scanner against the slow one, and the whole reader against the row parser, on random
// bytes.
#include <gtest/gtest.h>

#include <random>

#include "plugins/csv/row_reader.h"

namespace connhost::csv {
namespace {

std::string RandomText(std::mt19937& random, size_t size, std::string_view alphabet) {
  std::string text(size, '\0');
  for (char& c : text) c = alphabet[random() % alphabet.size()];
  return text;
}

constexpr std::string_view kAlphabets[] = {"ab,\n",         "a,\"\n",           "aaaa,,\"\n\r",
                                           "aaaaaaaa\",\n", "\"\"\"\"\"a,\n\r", ",\n\r\" \tx"};

TEST(ScannerTest, VectorAndScalarAgree) {
  if (!HasAvx2()) GTEST_SKIP() << "this machine has no AVX2";
  std::mt19937 random(1);
  for (int round = 0; round < 30000; ++round) {
    const size_t size = random() % 400, begin = random() % 70;
    std::string text = RandomText(random, begin + size, kAlphabets[random() % 6]);
    const size_t end = text.size();
    text += RandomText(random, kScanPadding, ",\"\n\r");
    Dialect dialect;
    dialect.quoting = random() % 8 != 0;
    RowIndex fast, slow;
    fast.Reset(begin, size);
    slow.Reset(begin, size);
    const size_t fast_stop = ScanAvx2(text.data(), begin, end, dialect, fast);
    const size_t slow_stop = ScanScalar(text.data(), begin, end, dialect, slow);
    ASSERT_EQ(fast_stop, slow_stop) << text;
    ASSERT_EQ(fast.separator_count, slow.separator_count) << text;
    ASSERT_EQ(fast.rows(), slow.rows()) << text;
    for (size_t i = 0; i < fast.separator_count; ++i) {
      ASSERT_EQ(fast.separators()[i], slow.separators()[i]);
    }
    for (size_t i = 0; i <= fast.rows(); ++i) {
      ASSERT_EQ(fast.row_starts()[i], slow.row_starts()[i]);
    }
  }
}

class TextStream : public ByteStream {
 public:
  explicit TextStream(std::string text) : text_(std::move(text)) {}
  size_t Read(char* out, size_t room) override {
    const size_t size = text_.copy(out, room, at_);
    at_ += size;
    return size;
  }

 private:
  std::string text_;
  size_t at_ = 0;
};

// Each record as its fields, or its fault.
using Records = std::vector<std::string>;

std::string Describe(RowFault fault, size_t fields, size_t expected, std::string_view raw) {
  if (fault != RowFault::kNone) return "fault " + std::string(raw);
  if (fields != expected) return "ragged " + std::to_string(fields) + " " + std::string(raw);
  return "row " + std::string(raw);
}

Records Reference(const std::string& text, size_t expected, const Dialect& dialect) {
  Records records;
  ParsedRow row;
  for (size_t at = 0; at < text.size(); at = row.end) {
    ParseRow(text.data(), at, text.size(), true, dialect, row);
    std::string_view raw(text.data() + at, row.separators.back() - at);
    if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
    const size_t fields = row.separators.size() - 1;
    if (fields != expected && raw.empty() && row.fault == RowFault::kNone) continue;
    records.push_back(Describe(row.fault, fields, expected, raw));
  }
  return records;
}

// The scanner leaves one kind of odd field to whoever reads it.
bool FieldsAreWellFormed(const RowBlock& block, size_t row, size_t fields,
                         const FieldRules& rules) {
  std::string scratch;
  for (size_t i = 0; i < fields; ++i) {
    std::string_view text;
    bool null;
    const std::string_view raw = RawField(block, row, i, i + 1 == fields, rules);
    if (!ReadField(raw, rules, scratch, text, null)) return false;
  }
  return true;
}

Records ByReader(const std::string& text, size_t expected, const Dialect& dialect,
                 const Sizes& sizes) {
  RowReader reader(Window(std::make_unique<TextStream>(text), 0, sizes.read_bytes), 1, expected,
                   dialect, sizes);
  const FieldRules rules{dialect, {""}, true};
  Records records;
  while (true) {
    const Piece& piece = reader.Next();
    if (piece.kind == Piece::Kind::kEnd) break;
    if (piece.kind == Piece::Kind::kBadRow) {
      const bool ragged = piece.issue == RowIssue::kRagged;
      records.push_back(ragged ? "ragged " + std::to_string(piece.fields) + " " +
                                     std::string(piece.raw)
                               : "fault " + std::string(piece.raw));
      continue;
    }
    for (size_t row = 0; row < piece.block.count; ++row) {
      const uint32_t* separators = piece.block.separators + piece.block.rows[row];
      const uint32_t begin = separators[0] + 1;
      std::string_view raw(piece.block.text + begin, separators[expected] - begin);
      if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
      const bool good = FieldsAreWellFormed(piece.block, row, expected, rules);
      records.push_back((good ? "row " : "fault ") + std::string(raw));
    }
  }
  EXPECT_EQ(reader.offset(), text.size());
  EXPECT_EQ(reader.line(), 1 + static_cast<uint64_t>(std::count(text.begin(), text.end(), '\n')));
  return records;
}

TEST(RowReaderTest, AgreesWithTheRowParserWhateverTheBuffers) {
  std::mt19937 random(2);
  for (int round = 0; round < 6000; ++round) {
    const std::string text = RandomText(random, random() % 300, kAlphabets[random() % 6]);
    Dialect dialect;
    dialect.quoting = random() % 8 != 0;
    dialect.trim = random() % 4 == 0;
    const size_t expected = 2 + random() % 3;
    const Sizes sizes[] = {{256 << 10, 64 << 10}, {1 + random() % 9, 1 + random() % 70}, {64, 64}};
    Records reference = Reference(text, expected, dialect);
    for (const Sizes& size : sizes) {
      Records records = ByReader(text, expected, dialect, size);
      // A ragged row with a carriage return behind a quote may be called either.
      ASSERT_EQ(records.size(), reference.size()) << testing::PrintToString(text);
      for (size_t i = 0; i < records.size(); ++i) {
        if (records[i].starts_with("ragged") && reference[i].starts_with("fault")) continue;
        ASSERT_EQ(records[i], reference[i]) << testing::PrintToString(text);
      }
    }
  }
}

}  // namespace
}  // namespace connhost::csv
