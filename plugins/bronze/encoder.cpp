#include "encoder.h"

#include <cstring>

#include "digits.h"
#include "escape.h"
#include "value_text.h"

namespace connhost::bronze {

namespace {

using sdk::Type;

constexpr size_t kOpenClose = 2;  // the quotes of a string

inline char* CopyLiteral(char* out, const char* text, size_t size) {
  if (size <= kLiteralStride) {
    std::memcpy(out, text, kLiteralStride);
  } else {
    std::memcpy(out, text, size);
  }
  return out + size;
}

inline char* CopyWord(char* out, const char (&word)[5]) {
  std::memcpy(out, word, 4);
  return out + 4;
}

inline char* WriteBool(char* out, bool value) {
  if (value) return CopyWord(out, "true");
  std::memcpy(out, "false", 5);
  return out + 5;
}

// `write` gets pieces of `text` that are at most `most` bytes long.
template <class Write>
void InPieces(std::string_view text, size_t most, SegmentWriter& out, Write&& write) {
  for (; !text.empty(); text.remove_prefix(std::min(most, text.size()))) {
    out.End(write(out.Begin(), text.substr(0, most)));
  }
}

void Append(std::string_view text, SegmentWriter& out) {
  InPieces(text, kRoom, out, [](char* to, std::string_view piece) {
    std::memcpy(to, piece.data(), piece.size());
    return to + piece.size();
  });
}

}  // namespace

void Encoder::Open(const sdk::StreamTarget& target, const std::vector<sdk::Column>& columns) {
  plan_.reset();
  plan_.emplace(target, columns);
  values_.assign(columns.size(), {});
  variable_.clear();
  for (size_t i = 0; i < columns.size(); ++i) {
    values_[i].type = columns[i].type;
    values_[i].scale = columns[i].scale;
    if (sdk::IsVariable(columns[i].type)) variable_.push_back(i);
  }
}

void Encoder::Bind(const sdk::BatchView& batch) {
  for (size_t i = 0; i < values_.size(); ++i) values_[i].view = &batch[i];
  for (const size_t i : variable_) {
    const std::string_view last = batch[i].Text(batch.rows() - 1);
    const char* begin = batch[i].Text(0).data();
    const char* end = last.data() + last.size();
    values_[i].safe =
        static_cast<size_t>(end - begin) >= kEscapeStride ? end - kEscapeStride : nullptr;
  }
}

uint64_t Encoder::Write(const sdk::BatchView& batch, const sdk::BatchInfo& info,
                        SegmentWriter& out) {
  if (batch.rows() == 0) return 0;
  Bind(batch);
  const LinePlan upsert = plan_->ForBatch("upsert", info.sequence(), info.emitted_at());
  const LinePlan removal = plan_->ForBatch("delete", info.sequence(), info.emitted_at());
  const size_t fixed = FixedRoom(upsert);
  uint64_t lines = 0;
  for (uint32_t row = 0; row < batch.rows(); ++row) {
    const LinePlan* plan = PlanOf(row, upsert, removal, info);
    if (plan == nullptr) continue;
    if (fixed + VariableRoom(row) <= kRoom) {
      out.End(WriteLine(out.Begin(), *plan, row));
    } else {
      WriteLongLine(*plan, row, out);
    }
    ++lines;
  }
  return lines;
}

const LinePlan* Encoder::PlanOf(uint32_t row, const LinePlan& upsert, const LinePlan& removal,
                                const sdk::BatchInfo& info) const {
  if (!plan_->op_column()) return &upsert;
  const sdk::ColumnView& ops = *values_[*plan_->op_column()].view;
  const std::string_view op = ops.IsNull(row) ? "null" : ops.Text(row);
  if (op == "upsert") return &upsert;
  if (op == "delete") return &removal;
  info.Reject(row, "unknown_op",
              "the column _op must hold upsert or delete, but holds '" +
                  std::string(op.substr(0, 100)) + "'");
  return nullptr;
}

// For the constant text and all values but those of variable size; both plans are equally long.
size_t Encoder::FixedRoom(const LinePlan& plan) const {
  return plan.text.size() + plan.slots.size() * (kMostFixedText + kOpenClose) + kOvershoot;
}

// A column may serve the key, the cursor and the data.
size_t Encoder::VariableRoom(uint32_t row) const {
  size_t bytes = 0;
  for (const size_t i : variable_) bytes += values_[i].view->Text(row).size();
  return 3 * kMostEscape * bytes;
}

// Part of WriteLine's loop: a call for every value costs a fifth of the time.
[[gnu::always_inline]] inline char* Encoder::WriteValue(char* out, Values& values, uint32_t row) {
  const sdk::ColumnView& view = *values.view;
  if (view.IsNull(row)) return CopyWord(out, "null");
  switch (values.type) {
    case Type::kInt64:
      return WriteSigned(out, view.Int64(row));
    case Type::kText: {
      const std::string_view text = view.Text(row);
      *out++ = '"';
      out = WriteEscaped(out, text.data(), text.size(), values.safe);
      *out++ = '"';
      return out;
    }
    case Type::kFloat64:
      return WriteFloat64(out, view.Float64(row));
    case Type::kBool:
      return WriteBool(out, view.Bool(row));
    case Type::kTimestamp:
      return WriteTimestamp(out, view.Int64(row), false, values.day);
    case Type::kTimestampUtc:
      return WriteTimestamp(out, view.Int64(row), true, values.day);
    case Type::kDate:
      return WriteDate(out, view.Date(row), values.day);
    case Type::kDecimal:
      return WriteDecimal(out, view.DecimalLow(row), view.DecimalHigh(row), values.scale);
    case Type::kJson:
    case Type::kNumber:
      return WriteSpliced(out, view.Text(row));
    case Type::kBinary:
      *out++ = '"';
      out = WriteBase64(out, view.Text(row));
      *out++ = '"';
      return out;
  }
  return out;
}

char* Encoder::WriteLine(char* out, const LinePlan& plan, uint32_t row) {
  for (const Slot& slot : plan.slots) {
    out = CopyLiteral(out, plan.literal(slot), slot.size);
    out = WriteValue(out, values_[slot.column], row);
  }
  return CopyLiteral(out, plan.literal(plan.end), plan.end.size);
}

// For lines that might not fit the room: value by value, the long ones in pieces.
void Encoder::WriteLongLine(const LinePlan& plan, uint32_t row, SegmentWriter& out) {
  for (const Slot& slot : plan.slots) {
    Append({plan.literal(slot), slot.size}, out);
    Values& values = values_[slot.column];
    if (sdk::IsVariable(values.type) && !values.view->IsNull(row)) {
      WriteLongValue(values, row, out);
    } else {
      out.End(WriteValue(out.Begin(), values, row));
    }
  }
  Append({plan.literal(plan.end), plan.end.size}, out);
}

void Encoder::WriteLongValue(Values& values, uint32_t row, SegmentWriter& out) {
  const std::string_view text = values.view->Text(row);
  if (values.type == Type::kJson || values.type == Type::kNumber) {
    return InPieces(text, kRoom, out, WriteSpliced);
  }
  Append("\"", out);
  if (values.type == Type::kBinary) {
    constexpr size_t kWholeGroups = kRoom / 8 / 3 * 3;
    InPieces(text, kWholeGroups, out, WriteBase64);
  } else {
    InPieces(text, kRoom / kMostEscape - kEscapeStride, out, [&](char* to, std::string_view piece) {
      return WriteEscaped(to, piece.data(), piece.size(), values.safe);
    });
  }
  Append("\"", out);
}

}  // namespace connhost::bronze
