#include "plugins/csv/table_loader.h"

#include <algorithm>
#include <connhost/failure.hpp>

namespace connhost::csv {
namespace {

constexpr size_t kMostRowsAtOnce = 4096;

const char* Wanted(sdk::Type type) {
  switch (type) {
    case sdk::Type::kInt64:
      return "a whole number of 64 bits";
    case sdk::Type::kFloat64:
      return "a finite number";
    case sdk::Type::kNumber:
      return "a number as JSON writes it";
    case sdk::Type::kBool:
      return "true, false, 1 or 0";
    case sdk::Type::kDate:
      return "a date like 2026-11-21";
    case sdk::Type::kTimestamp:
      return "a time without a zone, to the microsecond, like 2026-11-21T14:03:12.5";
    case sdk::Type::kTimestampUtc:
      return "a time with a zone, to the microsecond, like 2026-11-21T14:03:12.5Z";
    case sdk::Type::kJson:
      return "a JSON document";
    default:
      return "text";
  }
}

// For a sentence: at most 60 bytes, cut between characters.
std::string Shown(std::string_view text) {
  size_t size = std::min<size_t>(text.size(), 60);
  while (size > 0 && size < text.size() && (text[size] & 0xC0) == 0x80) --size;
  return "'" + std::string(text.substr(0, size)) + (size < text.size() ? "...'" : "'");
}

}  // namespace

TableLoader::TableLoader(LoadPlan plan, RowReader rows, uint64_t records, CursorFilter* filter,
                         sdk::Output& output, sdk::BatchWriter& writer)
    : plan_(std::move(plan)),
      rows_(std::move(rows)),
      records_(records),
      filter_(filter),
      output_(output),
      writer_(writer) {}

bool TableLoader::Step() {
  const Piece& piece = rows_.Next();
  if (continued_ && piece.kind != Piece::Kind::kEnd) {
    RejectContinuation(piece);
    return true;
  }
  switch (piece.kind) {
    case Piece::Kind::kEnd:
      return false;
    case Piece::Kind::kBadRow:
      RejectRow(piece);
      return true;
    case Piece::Kind::kRows:
      Load(piece.block);
      return true;
  }
  return false;
}

void TableLoader::Load(const RowBlock& block) {
  filter_ == nullptr ? LoadRows(block) : LoadFiltered(block);
}

void TableLoader::LoadRows(RowBlock block) {
  while (block.count > 0) {
    if (new_origin_) writer_.SetOrigin(plan_.file, filter_ == nullptr ? records_ + 1 : 0);
    new_origin_ = false;
    const size_t room = sdk::kMaxRows - writer_.rows();
    const size_t tried = std::min({block.count, attempt_, room});
    size_t bad_column = 0;
    const size_t good = Convert({block.text, block.separators, block.rows, tried}, bad_column);
    writer_.EndRows(static_cast<uint32_t>(good));
    records_ += good;
    block.rows += good;
    block.count -= good;
    attempt_ = std::min(attempt_ * 2, kMostRowsAtOnce);
    if (good < tried) {
      RejectValue(block, bad_column);
      ++block.rows;
      --block.count;
      attempt_ = 1;
    }
  }
}

// Rows that the filter drops leave gaps, so no batch can say which records it holds.
void TableLoader::LoadFiltered(const RowBlock& block) {
  size_t first = 0;
  for (size_t row = 0; row <= block.count; ++row) {
    const RowBlock here{block.text, block.separators, block.rows + row, 1};
    if (row < block.count && filter_->Keeps(here, RawRow(here))) continue;
    LoadRows({block.text, block.separators, block.rows + first, row - first});
    if (row < block.count) ++records_;
    first = row + 1;
  }
}

// Fills all columns with the rows up to the first bad value; answers how many.
size_t TableLoader::Convert(const RowBlock& block, size_t& bad_column) {
  const uint32_t before = writer_.rows();
  RowBlock rest = block;
  for (size_t column = 0; column < plan_.field_of_column.size(); ++column) {
    const int field = plan_.field_of_column[column];
    if (field < 0) {
      for (size_t row = 0; row < rest.count; ++row) writer_[column].AppendNull();
      continue;
    }
    const auto number = static_cast<size_t>(field);
    const size_t good = ConvertColumn(rest, number, number + 1 == plan_.fields,
                                      writer_.columns()[column].type, plan_.rules, writer_[column]);
    if (good < rest.count) bad_column = column;
    rest.count = good;
  }
  if (rest.count < block.count) {
    for (size_t column = 0; column < plan_.field_of_column.size(); ++column) {
      writer_[column].Truncate(before + static_cast<uint32_t>(rest.count));
    }
  }
  return rest.count;
}

std::string_view TableLoader::RawRow(const RowBlock& block) const {
  const uint32_t* separators = block.separators + block.rows[0];
  const uint32_t begin = separators[0] + 1;
  std::string_view raw(block.text + begin, separators[plan_.fields] - begin);
  if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
  return raw;
}

std::string TableLoader::Place(uint64_t line) const {
  return "row " + std::to_string(records_) + " (line " + std::to_string(line) + ") of " +
         plan_.file;
}

std::string TableLoader::ColumnName(size_t field) const {
  for (size_t column = 0; column < plan_.field_of_column.size(); ++column) {
    if (plan_.field_of_column[column] == static_cast<int>(field)) {
      return "column '" + writer_.columns()[column].name + "'";
    }
  }
  return "field " + std::to_string(field + 1);
}

void TableLoader::Reject(std::string_view code, const std::string& reason, std::string_view raw) {
  if (plan_.fail_on_bad_row) {
    throw sdk::ConfigFailure(reason + "; correct the file, or set 'on_bad_row' to reject");
  }
  output_.Reject(plan_.file, records_, code, reason, raw.substr(0, kRawBytes));
  new_origin_ = filter_ == nullptr;
}

// `block` starts with the bad row.
void TableLoader::RejectValue(const RowBlock& block, size_t column) {
  ++records_;
  const auto field = static_cast<size_t>(plan_.field_of_column[column]);
  const std::string_view raw = RawField(block, 0, field, field + 1 == plan_.fields, plan_.rules);
  const std::string_view row = RawRow(block);
  const std::string place = Place(rows_.LineOf(row.data()));
  std::string scratch;
  std::string_view text;
  bool null;
  if (!ReadField(raw, plan_.rules, scratch, text, null)) {
    return Reject("stray_quote",
                  "text follows the closing quote of " + ColumnName(field) + " in " + place, row);
  }
  Reject("bad_value",
         "column '" + writer_.columns()[column].name + "' takes " +
             Wanted(writer_.columns()[column].type) + ", found " + Shown(text) + " in " + place,
         row);
}

void TableLoader::RejectContinuation(const Piece& piece) {
  continued_ = false;
  const bool rows = piece.kind == Piece::Kind::kRows;
  Reject("continued_row",
         "the last read ended with row " + std::to_string(records_) + " of " + plan_.file +
             ", which had no line end, and this text has been added to it since; write whole lines",
         rows ? RawRow(piece.block) : piece.raw);
  if (!rows) return;
  RowBlock rest = piece.block;
  ++rest.rows;
  --rest.count;
  Load(rest);
}

void TableLoader::RejectRow(const Piece& piece) {
  ++records_;
  const std::string place = Place(piece.line);
  switch (piece.issue) {
    case RowIssue::kRagged:
      return Reject("ragged_row",
                    "expected " + std::to_string(plan_.fields) + " fields, found " +
                        std::to_string(piece.fields) + " in " + place,
                    piece.raw);
    case RowIssue::kStrayQuote:
      return Reject("stray_quote",
                    "a quote stands inside the unquoted " + ColumnName(piece.field) + " in " +
                        Place(piece.fault_line) + "; quote the field and double the quote",
                    piece.raw);
    case RowIssue::kTextAfterQuote:
      return Reject("stray_quote",
                    "text follows the closing quote of " + ColumnName(piece.field) + " in " +
                        Place(piece.fault_line),
                    piece.raw);
    case RowIssue::kUnterminatedQuote:
      return Reject("unterminated_quote",
                    "the quote that opens in " + ColumnName(piece.field) + " in " +
                        Place(piece.fault_line) + " is never closed: the " +
                        std::to_string(piece.bytes) +
                        " bytes to the end of the file are one broken record",
                    piece.raw);
    case RowIssue::kTooLarge:
      return Reject("too_large",
                    "the record of " + std::to_string(piece.bytes) + " bytes in " + place +
                        " is longer than a record may be; is a quote left open?",
                    piece.raw);
    default:
      return Reject("invalid_utf8",
                    ColumnName(piece.field) + " is not valid UTF-8 in " + place +
                        "; set 'encoding' to what the file is",
                    piece.raw);
  }
}

}  // namespace connhost::csv
