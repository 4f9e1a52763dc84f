// Payloads that lie. Each must be refused with a sentence that names what is wrong, before anything
// outside the payload is read (the payload lies in memory of exactly its size, under ASan).
#include <gtest/gtest.h>

#include <cstring>
#include <functional>

#include "base/error.h"
#include "host/wire/batch_layout.h"
#include "tests/host/wire/test_batches.h"

namespace connhost {
namespace {

constexpr uint32_t kRows = 10;
enum : size_t { kId, kFlag, kName, kDoc, kRaw, kDay };

Schema SixColumns() {
  return Schema{{{"id", ColumnType::kInt64, false},
                 {"flag", ColumnType::kBool, true},
                 {"name", ColumnType::kUtf8, true},
                 {"doc", ColumnType::kJson, true},
                 {"raw", ColumnType::kBinary, true},
                 {"day", ColumnType::kDate32, true}}};
}

// A valid payload and the places in it, to be bent.
struct Victim {
  std::string bytes;

  Victim() {
    auto cells = RandomCells(SixColumns(), kRows, 1);
    cells[kFlag][3] = std::nullopt;
    cells[kName] = std::vector<Cell>(kRows, "\xC3\xA4");  // two bytes each
    cells[kName][9] = std::nullopt;
    cells[kDoc] = std::vector<Cell>(kRows, "{}");
    cells[kRaw] = std::vector<Cell>(kRows, "\xFF\xFE");
    const connhost_origin origin{{"abc", 3}, 1};
    bytes = TestBatch(SixColumns(), cells).Payload(&origin);
  }

  template <typename T>
  void Set(size_t at, T value) {
    std::memcpy(bytes.data() + at, &value, sizeof value);
  }
  ColumnHead Head(size_t column) const {
    ColumnHead head;
    std::memcpy(&head, bytes.data() + HeadAt(column), sizeof head);
    return head;
  }
  static size_t HeadAt(size_t column) { return sizeof(BatchHead) + column * sizeof(ColumnHead); }
  static size_t NullsAt(size_t column) { return HeadAt(column); }
  static size_t ValidityBytesAt(size_t column) { return HeadAt(column) + 8; }
  static size_t DataBytesAt(size_t column) { return HeadAt(column) + 16; }

  size_t ColumnAt(size_t column) const {  // of its first part
    if (column == 0) return HeadAt(6) + 8;
    return DataAt(column - 1) + Padded(Head(column - 1).data_bytes);
  }
  size_t OffsetAt(size_t column, size_t row) const {
    return ColumnAt(column) + Padded(Head(column).validity_bytes) + row * 4;
  }
  size_t DataAt(size_t column) const {
    const bool variable = column >= kName && column <= kRaw;
    return OffsetAt(column, 0) + (variable ? Padded((kRows + size_t{1}) * 4) : 0);
  }
  static size_t Padded(uint64_t size) { return size + PaddingAfter(size); }
};

struct Lie {
  const char* name;
  std::function<void(Victim*)> bend;
  const char* sentence;  // part of what must be said
};

const std::vector<Lie>& Lies() {
  static const std::vector<Lie> lies = {
      {"Empty", [](Victim* v) { v->bytes.clear(); }, "head alone"},
      {"HeadCut", [](Victim* v) { v->bytes.resize(31); }, "head alone"},
      {"HeadOnly", [](Victim* v) { v->bytes.resize(32); }, "ends inside the heads"},
      {"HeadsCut", [](Victim* v) { v->bytes.resize(32 + 6 * 24 - 1); }, "ends inside the heads"},
      {"NoRows", [](Victim* v) { v->Set<uint32_t>(0, 0); }, "0 rows; expected 1 to 8192"},
      {"RowsAbove", [](Victim* v) { v->Set<uint32_t>(0, 8193); }, "8193 rows"},
      {"RowsHuge", [](Victim* v) { v->Set<uint32_t>(0, ~0U); }, "4294967295 rows"},
      {"RowsOneMore", [](Victim* v) { v->Set<uint32_t>(0, 11); }, "column 'id': 80 bytes of data"},
      {"RowsOneLess", [](Victim* v) { v->Set<uint32_t>(0, 9); }, "column 'id': 80 bytes of data"},
      {"ColumnsMore", [](Victim* v) { v->Set<uint32_t>(4, 7); }, "7 columns under a schema of 6"},
      {"ColumnsLess", [](Victim* v) { v->Set<uint32_t>(4, 5); }, "5 columns under a schema of 6"},
      {"ColumnsHuge", [](Victim* v) { v->Set<uint32_t>(4, ~0U); }, "4294967295 columns"},
      {"HeadReserved", [](Victim* v) { v->Set<uint32_t>(28, 1); }, "reserved field of a batch"},
      {"OriginHuge", [](Victim* v) { v->Set<uint32_t>(24, ~0U); }, "origin of a batch: expected"},
      {"OriginLonger", [](Victim* v) { v->Set<uint32_t>(24, 9); }, "padding"},
      {"OriginNotUtf8", [](Victim* v) { v->Set(Victim::HeadAt(6), '\xFF'); },
       "origin of a batch: the name is not valid UTF-8"},
      {"OriginPadding", [](Victim* v) { v->Set(Victim::HeadAt(6) + 7, 'x'); },
       "origin of a batch: the padding is not zero"},
      {"ColumnReserved", [](Victim* v) { v->Set<uint32_t>(Victim::NullsAt(kDay) + 4, 1); },
       "column 'day': the reserved field"},
      {"NullsAboveRows", [](Victim* v) { v->Set<uint32_t>(Victim::NullsAt(kFlag), 11); },
       "column 'flag': 11 nulls in 10 rows"},
      {"NullsHuge", [](Victim* v) { v->Set<uint32_t>(Victim::NullsAt(kFlag), ~0U); },
       "column 'flag': 4294967295 nulls"},
      {"NullsWhereNone", [](Victim* v) { v->Set<uint32_t>(Victim::NullsAt(kId), 1); },
       "column 'id': 1 nulls, though the schema"},
      {"NullsMiscounted", [](Victim* v) { v->Set<uint32_t>(Victim::NullsAt(kName), 2); },
       "column 'name': the null count is 2, but the validity bitmap holds 1"},
      {"BitmapMiscounted", [](Victim* v) { v->Set<uint16_t>(v->ColumnAt(kName), 0x3FF); },
       "column 'name': the null count is 1, but the validity bitmap holds 0"},
      {"BitmapAbsent", [](Victim* v) { v->Set<uint32_t>(Victim::NullsAt(kDoc), 1); },
       "column 'doc': a validity bitmap of 0 bytes; expected 2"},
      {"BitmapUnneeded", [](Victim* v) { v->Set<uint32_t>(Victim::NullsAt(kName), 0); },
       "column 'name': a validity bitmap of 2 bytes; expected 0"},
      {"BitmapShort", [](Victim* v) { v->Set<uint64_t>(Victim::ValidityBytesAt(kName), 1); },
       "column 'name': a validity bitmap of 1 bytes"},
      {"BitmapHuge", [](Victim* v) { v->Set(Victim::ValidityBytesAt(kName), ~uint64_t{0}); },
       "column 'name': a validity bitmap of 18446744073709551615 bytes"},
      {"BitmapPadding", [](Victim* v) { v->Set(v->ColumnAt(kName) + 2, '\1'); },
       "column 'name': the padding is not zero"},
      {"FixedShort", [](Victim* v) { v->Set<uint64_t>(Victim::DataBytesAt(kId), 79); },
       "column 'id': 79 bytes of data for 10 rows of int64; expected 80"},
      {"FixedHuge", [](Victim* v) { v->Set(Victim::DataBytesAt(kId), ~uint64_t{0} - 7); },
       "column 'id': 18446744073709551608 bytes"},
      {"BitsLong", [](Victim* v) { v->Set<uint64_t>(Victim::DataBytesAt(kFlag), 3); },
       "column 'flag': 3 bytes of data for 10 rows of bool; expected 2"},
      {"DateWide", [](Victim* v) { v->Set<uint64_t>(Victim::DataBytesAt(kDay), 80); },
       "column 'day': 80 bytes of data for 10 rows of date32; expected 40"},
      {"TextHuge", [](Victim* v) { v->Set(Victim::DataBytesAt(kName), ~uint64_t{0}); },
       "column 'name': expected 18446744073709551615 bytes"},
      {"TextWraps", [](Victim* v) { v->Set(Victim::DataBytesAt(kName), ~uint64_t{0} - 6); },
       "column 'name': expected 18446744073709551609 bytes"},
      {"TextLonger", [](Victim* v) { v->Set<uint64_t>(Victim::DataBytesAt(kName), 24); },
       "column 'name': the last offset is 18; expected 24"},
      {"TextShorter", [](Victim* v) { v->Set<uint64_t>(Victim::DataBytesAt(kName), 17); },
       "column 'name'"},
      {"OffsetNotZero", [](Victim* v) { v->Set(v->OffsetAt(kName, 0), 2); },
       "column 'name': the first offset is 2; expected 0"},
      {"OffsetNegative", [](Victim* v) { v->Set(v->OffsetAt(kName, 0), -2); },
       "column 'name': the first offset is -2"},
      {"OffsetFalls", [](Victim* v) { v->Set(v->OffsetAt(kName, 4), 4); },
       "column 'name': row 3 ends at offset 4, before its start at 6"},
      {"OffsetMiddleNegative", [](Victim* v) { v->Set(v->OffsetAt(kRaw, 5), -1); },
       "column 'raw': row 4 ends at offset -1"},
      {"OffsetLeaves", [](Victim* v) { v->Set(v->OffsetAt(kRaw, 5), 1 << 30); },
       "column 'raw': row 5 ends at offset 12, before its start at 1073741824"},
      {"LastOffsetAbove", [](Victim* v) { v->Set(v->OffsetAt(kRaw, 10), 21); },
       "column 'raw': the last offset is 21; expected 20"},
      {"LastOffsetBelow", [](Victim* v) { v->Set(v->OffsetAt(kRaw, 10), 19); },
       "column 'raw': the last offset is 19; expected 20"},
      {"LastOffsetHuge", [](Victim* v) { v->Set(v->OffsetAt(kRaw, 10), INT32_MAX); },
       "column 'raw': the last offset is 2147483647"},
      {"OffsetsPadding", [](Victim* v) { v->Set(v->OffsetAt(kDoc, 11), 1); },
       "column 'doc': the padding is not zero"},
      {"TextNotUtf8", [](Victim* v) { v->Set(v->DataAt(kName) + 6, '\xFF'); },
       "column 'name': the text of row 3 is not valid UTF-8"},
      {"TextOverlong", [](Victim* v) { v->Set(v->DataAt(kDoc) + 2, uint16_t{0x80C0}); },
       "column 'doc': the text of row 1 is not valid UTF-8"},
      {"TextCutAtEnd", [](Victim* v) { v->Set(v->DataAt(kDoc) + 19, '\xC3'); },
       "column 'doc': the text of row 9 is not valid UTF-8"},
      {"OffsetInsideSequence", [](Victim* v) { v->Set(v->OffsetAt(kName, 5), 9); },
       "column 'name': the text of row 4 is not valid UTF-8"},
      {"LastRowsInsideSequence", [](Victim* v) { v->Set(v->OffsetAt(kName, 9), 17); },
       "column 'name': the text of row 8 is not valid UTF-8"},
      {"DataPadding", [](Victim* v) { v->Set(v->DataAt(kRaw) + 20, '\1'); },
       "column 'raw': the padding is not zero"},
      {"CutInLastColumn", [](Victim* v) { v->bytes.resize(v->bytes.size() - 8); },
       "column 'day': expected 40 bytes"},
      {"CutInOffsets", [](Victim* v) { v->bytes.resize(v->OffsetAt(kName, 3)); },
       "column 'name': expected 44 bytes"},
      {"CutInPadding", [](Victim* v) { v->bytes.resize(v->DataAt(kRaw) + 21); },
       "column 'raw': expected 20 bytes and their padding"},
      {"LongTail", [](Victim* v) { v->bytes.append(8, '\0'); }, "8 bytes after the end"},
      {"ShortTail", [](Victim* v) { v->bytes.append(1, '\0'); }, "1 bytes after the end"},
  };
  return lies;
}

class Hostile : public testing::TestWithParam<Lie> {};

TEST_P(Hostile, IsRefusedWithASentence) {
  Victim victim;
  GetParam().bend(&victim);
  const ExactCopy payload(victim.bytes);
  BatchView view;
  try {
    DecodeBatch(payload.view(), SixColumns(), &view);
    FAIL() << "accepted";
  } catch (const Error& error) {
    const std::string sentence = error.what();
    EXPECT_EQ(error.kind(), ErrorKind::kInternal);
    EXPECT_EQ(sentence.rfind("protocol fault: ", 0), 0U) << sentence;
    EXPECT_NE(sentence.find(GetParam().sentence), std::string::npos) << sentence;
  }
}

INSTANTIATE_TEST_SUITE_P(Lies, Hostile, testing::ValuesIn(Lies()),
                         [](const auto& lie) { return lie.param.name; });

TEST(BatchDecode, AcceptsTheUnbentPayload) {
  const ExactCopy payload(Victim().bytes);
  BatchView view;
  DecodeBatch(payload.view(), SixColumns(), &view);
  EXPECT_EQ(view.rows, kRows);
  EXPECT_EQ(view.origin, "abc");
}

TEST(BatchDecode, RefusesEveryCut) {
  const std::string whole = Victim().bytes;
  for (size_t size = 0; size < whole.size(); ++size) {
    const ExactCopy payload(whole.substr(0, size));
    BatchView view;
    EXPECT_THROW(DecodeBatch(payload.view(), SixColumns(), &view), Error) << size;
  }
}

TEST(BatchDecode, IgnoresBitsBeyondTheRows) {
  Victim victim;
  for (const size_t at : {victim.ColumnAt(kFlag), victim.DataAt(kFlag), victim.ColumnAt(kName)}) {
    victim.bytes[at + 1] = static_cast<char>(victim.bytes[at + 1] | 0xFC);
  }
  BatchView view;
  const ExactCopy payload(victim.bytes);
  DecodeBatch(payload.view(), SixColumns(), &view);
  EXPECT_EQ(view.columns[kName].null_count, 1U);
}

TEST(BatchDecode, TakesAnyBytesAsBinary) {
  TestBatch batch(OneColumn(ColumnType::kBinary), {{std::string("\xFF\0\xC3", 3), "\x80"}});
  const ExactCopy payload(batch.Payload());
  BatchView view;
  DecodeBatch(payload.view(), batch.schema(), &view);
  EXPECT_EQ(view.columns[0].Text(1), "\x80");
}

// Long enough for the vectorised loops, with the fault at each place of a block in turn.
TEST(BatchDecode, FindsABadByteAnywhereInLongTexts) {
  const Schema schema = OneColumn(ColumnType::kUtf8);
  for (const char* filler : {"abcdefgh",
                             "abc\xE2\x82\xAC"
                             "de"}) {
    TestBatch batch(schema, {std::vector<Cell>(200, filler)});
    const std::string good = batch.Payload();
    const size_t data = good.size() - 1600;
    for (size_t at = 0; at < 1600; at += 7) {
      std::string bent = good;
      bent[data + at] = '\xF8';
      const ExactCopy payload(bent);
      BatchView view;
      EXPECT_THROW(DecodeBatch(payload.view(), schema, &view), Error) << at;
    }
  }
}

TEST(BatchDecode, FindsAnOffsetInsideASequenceAtEveryRow) {
  const Schema schema = OneColumn(ColumnType::kUtf8);
  TestBatch batch(schema, {std::vector<Cell>(100, "\xC3\xA4")});
  const std::string good = batch.Payload();
  for (uint32_t row = 1; row < 100; ++row) {
    std::string bent = good;
    const int32_t inside = static_cast<int32_t>(row) * 2 + 1;
    std::memcpy(bent.data() + Victim::HeadAt(1) + size_t{4} * row, &inside, sizeof inside);
    const ExactCopy payload(bent);
    BatchView view;
    EXPECT_THROW(DecodeBatch(payload.view(), schema, &view), Error) << row;
  }
}

TEST(BatchDecode, NamesAHostileColumnSafely) {
  Schema schema = OneColumn(ColumnType::kInt64);
  schema.columns[0].name = "a\n" + std::string(500, 'x');
  TestBatch batch(schema, {{BytesOf(1)}});
  std::string bytes = batch.Payload();
  bytes.resize(bytes.size() - 8);
  const ExactCopy payload(bytes);
  BatchView view;
  try {
    DecodeBatch(payload.view(), schema, &view);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    EXPECT_LT(std::strlen(error.what()), 250U);
  }
}

}  // namespace
}  // namespace connhost
