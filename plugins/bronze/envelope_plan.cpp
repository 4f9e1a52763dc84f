#include "envelope_plan.h"

#include "time_text.h"

namespace connhost::bronze {

namespace {

std::string Quoted(std::string_view text) {
  std::string quoted;
  sdk::AppendJsonString(quoted, text);
  return quoted;
}

std::optional<size_t> Find(const std::vector<sdk::Column>& columns, std::string_view name) {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return i;
  }
  return std::nullopt;
}

std::string NamesOf(const std::vector<sdk::Column>& columns) {
  std::string names;
  for (const sdk::Column& column : columns) names += (names.empty() ? "" : ", ") + column.name;
  return names;
}

std::string TimeLiteral(int64_t micros) {
  char text[2 * kMostTimeText];
  DayText day;
  return {text, WriteTimestamp(text, micros, true, day)};
}

// Puts a LinePlan together.
class Builder {
 public:
  void Text(std::string_view text) { plan_.text += text; }
  void Value(size_t column) {
    plan_.slots.push_back({begin_, Size(), column});
    begin_ += Size();
  }
  LinePlan Finish() {
    plan_.end = {begin_, Size(), 0};
    plan_.text.append(kLiteralStride, '\0');
    return std::move(plan_);
  }

 private:
  uint32_t Size() const { return static_cast<uint32_t>(plan_.text.size()) - begin_; }

  LinePlan plan_;
  uint32_t begin_ = 0;
};

}  // namespace

EnvelopePlan::EnvelopePlan(const sdk::StreamTarget& target,
                           const std::vector<sdk::Column>& columns) {
  head_ = "{\"tenant\":" + Quoted(target.tenant) + ",\"connector\":" + Quoted(target.connector) +
          ",\"stream\":" + Quoted(target.stream) + ",\"run_id\":" + Quoted(target.run_id) +
          ",\"sequence\":";
  FindOpAndDocument(columns);
  if (columns.empty()) return;  // a stream that ends without ever naming columns has no records
  for (size_t i = 0; i < target.key.size(); ++i) key_.push_back(KeyColumn(target, columns, i));
  if (!target.cursor.empty()) cursor_ = Find(columns, target.cursor);
  if (!target.cursor.empty() && !cursor_ && document_) cursor_ = Find(columns, "_cursor");
  if (document_) return;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i == op_column_) continue;
    data_.push_back(i);
    names_.push_back(Quoted(columns[i].name));
  }
}

void EnvelopePlan::FindOpAndDocument(const std::vector<sdk::Column>& columns) {
  size_t documents = 0;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == "_op" && columns[i].type == sdk::Type::kText) op_column_ = i;
    if (columns[i].name == "_document" && columns[i].type == sdk::Type::kJson) {
      document_ = i;
      ++documents;
    }
  }
  if (documents != 1) document_.reset();
}

size_t EnvelopePlan::KeyColumn(const sdk::StreamTarget& target,
                               const std::vector<sdk::Column>& columns, size_t index) const {
  std::optional<size_t> column = Find(columns, target.key[index]);
  if (!column && document_) column = Find(columns, "_key_" + std::to_string(index));
  if (column) return *column;
  throw sdk::ConfigFailure("the key column '" + target.key[index] + "' of stream '" +
                           target.stream + "' is not among its columns (" + NamesOf(columns) +
                           "). Correct 'key' in the connection, or the source");
}

LinePlan EnvelopePlan::ForBatch(std::string_view op, uint64_t sequence, int64_t emitted_at) const {
  Builder line;
  line.Text(head_ + std::to_string(sequence) + ",\"op\":" + Quoted(op) + ",\"key\":");
  for (size_t i = 0; i < key_.size(); ++i) {
    line.Text(i == 0 ? "[" : ",");
    line.Value(key_[i]);
  }
  line.Text(key_.empty() ? "null,\"cursor\":" : "],\"cursor\":");
  cursor_ ? line.Value(*cursor_) : line.Text("null");
  line.Text(",\"emitted_at\":" + TimeLiteral(emitted_at) + ",\"data\":");
  if (document_) {
    line.Value(*document_);
    line.Text("}\n");
    return line.Finish();
  }
  for (size_t i = 0; i < data_.size(); ++i) {
    line.Text((i == 0 ? "{" : ",") + names_[i] + ":");
    line.Value(data_[i]);
  }
  line.Text(data_.empty() ? "{}}\n" : "}}\n");
  return line.Finish();
}

}  // namespace connhost::bronze
