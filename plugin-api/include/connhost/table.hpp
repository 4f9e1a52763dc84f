// Rows as structs: names and members are bound once, types follow from the members.
//
//   struct Order { int64_t id; std::string customer; std::optional<double> amount; };
//   Table<Order> orders(output, {{"id", &Order::id}, {"customer", &Order::customer},
//                                {"amount", &Order::amount}});
//   orders.Append({7, "Zoë", 12.5});
//   orders.Checkpoint(state);
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "output.hpp"

namespace connhost::sdk {

// Values whose C++ type alone would not tell the column's type.
struct Date {
  int32_t days;  // since 1970-01-01
};
struct Timestamp {
  int64_t micros;  // local time without a zone
};
struct TimestampUtc {
  int64_t micros;  // since 1970-01-01T00:00:00Z
};
struct JsonText {
  std::string text;  // one JSON document
};
struct NumberText {
  std::string text;  // one JSON number, any precision
};

namespace table_detail {

template <class T>
struct Optional : std::false_type {
  using Value = T;
};
template <class T>
struct Optional<std::optional<T>> : std::true_type {
  using Value = T;
};

template <class T>
constexpr Type TypeFor() {
  if constexpr (std::is_same_v<T, bool>)
    return Type::kBool;
  else if constexpr (std::is_integral_v<T>)
    return Type::kInt64;
  else if constexpr (std::is_floating_point_v<T>)
    return Type::kFloat64;
  else if constexpr (std::is_same_v<T, Date>)
    return Type::kDate;
  else if constexpr (std::is_same_v<T, Timestamp>)
    return Type::kTimestamp;
  else if constexpr (std::is_same_v<T, TimestampUtc>)
    return Type::kTimestampUtc;
  else if constexpr (std::is_same_v<T, JsonText>)
    return Type::kJson;
  else if constexpr (std::is_same_v<T, NumberText>)
    return Type::kNumber;
  else {
    static_assert(std::is_convertible_v<T, std::string_view>, "no column type for this member");
    return Type::kText;
  }
}

template <class T>
void AppendValue(ColumnBuffer& column, const T& value) {
  constexpr Type kType = TypeFor<T>();
  if constexpr (kType == Type::kBool)
    column.AppendBool(value);
  else if constexpr (kType == Type::kInt64)
    column.AppendInt64(static_cast<int64_t>(value));
  else if constexpr (kType == Type::kFloat64)
    column.AppendFloat64(static_cast<double>(value));
  else if constexpr (kType == Type::kDate)
    column.AppendDate(value.days);
  else if constexpr (kType == Type::kTimestamp || kType == Type::kTimestampUtc)
    column.AppendInt64(value.micros);
  else if constexpr (kType == Type::kJson || kType == Type::kNumber)
    column.AppendText(value.text);
  else
    column.AppendText(value);
}

}  // namespace table_detail

// One column of a Table: a name and a member. An optional member is nullable, any other is not.
template <class Row>
class Field {
 public:
  template <class Member>
  Field(std::string name, Member Row::*member) {
    using Maybe = table_detail::Optional<Member>;
    column_ = {std::move(name), table_detail::TypeFor<typename Maybe::Value>(), Maybe::value, 0, 0};
    append_ = [member](const Row& row, ColumnBuffer& buffer) {
      if constexpr (Maybe::value) {
        if (!(row.*member).has_value()) return buffer.AppendNull();
        table_detail::AppendValue(buffer, *(row.*member));
      } else {
        table_detail::AppendValue(buffer, row.*member);
      }
    };
  }

  const Column& column() const { return column_; }
  void Append(const Row& row, ColumnBuffer& buffer) const { append_(row, buffer); }

 private:
  Column column_;
  std::function<void(const Row&, ColumnBuffer&)> append_;
};

template <class Row>
using Fields = std::vector<Field<Row>>;

// The columns of a struct, for discovery.
template <class Row>
std::vector<Column> ColumnsOf(const Fields<Row>& fields) {
  std::vector<Column> columns;
  for (const Field<Row>& field : fields) columns.push_back(field.column());
  return columns;
}

template <class Row>
class Table {
 public:
  Table(Output& output, Fields<Row> fields)
      : fields_(std::move(fields)), writer_(output, ColumnsOf(fields_)) {}

  void Append(const Row& row) {
    for (size_t i = 0; i < fields_.size(); ++i) fields_[i].Append(row, writer_[i]);
    writer_.EndRow();
  }
  // Sends the rows so far, then the state.
  void Checkpoint(const Json& state) { writer_.Checkpoint(state); }
  BatchWriter& writer() { return writer_; }

 private:
  Fields<Row> fields_;
  BatchWriter writer_;
};

}  // namespace connhost::sdk
