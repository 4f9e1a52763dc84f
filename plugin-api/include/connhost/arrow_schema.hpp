// Columns as an ArrowSchema and back, in the flat profile of plugin.h.
#pragma once

#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "columns.hpp"

namespace connhost::sdk {

namespace arrow_detail {

inline std::string FormatOf(const Column& column) {
  switch (column.type) {
    case Type::kBool:
      return "b";
    case Type::kInt64:
      return "l";
    case Type::kFloat64:
      return "g";
    case Type::kBinary:
      return "z";
    case Type::kDate:
      return "tdD";
    case Type::kTimestamp:
      return "tsu:";
    case Type::kTimestampUtc:
      return "tsu:UTC";
    case Type::kDecimal:
      return "d:" + std::to_string(column.precision) + "," + std::to_string(column.scale);
    default:
      return "u";
  }
}

// Arrow's metadata: int32 number of pairs, then per pair int32 length, key, int32 length, value.
class MetadataWriter {
 public:
  void Add(std::string_view key, std::string_view value) {
    ++pairs_;
    AddText(key);
    AddText(value);
  }
  // "" when nothing was added.
  std::string Finish() const { return pairs_ == 0 ? "" : Number(pairs_) + texts_; }

 private:
  static std::string Number(size_t value) {
    const auto small = static_cast<int32_t>(value);
    return {reinterpret_cast<const char*>(&small), sizeof small};
  }
  void AddText(std::string_view text) {
    texts_ += Number(text.size());
    texts_ += text;
  }

  size_t pairs_ = 0;
  std::string texts_;
};

// The value of a key, "" when it is absent. `metadata` comes from the host, which checked it.
inline std::string_view FindMetadata(const char* metadata, std::string_view key) {
  if (metadata == nullptr) return "";
  const auto number = [&] {
    int32_t value;
    std::memcpy(&value, metadata, sizeof value);
    metadata += sizeof value;
    return static_cast<size_t>(value);
  };
  const auto text = [&] {
    const size_t size = number();
    metadata += size;
    return std::string_view(metadata - size, size);
  };
  for (size_t pairs = number(); pairs > 0; --pairs) {
    const std::string_view found = text();
    const std::string_view value = text();
    if (found == key) return value;
  }
  return "";
}

inline constexpr std::string_view kExtensionKey = "ARROW:extension:name";
inline constexpr std::string_view kNativeKey = "connhost.native";

inline std::string MetadataOf(const Column& column) {
  MetadataWriter metadata;
  if (column.type == Type::kJson) metadata.Add(kExtensionKey, "arrow.json");
  if (column.type == Type::kNumber) metadata.Add(kExtensionKey, "connhost.number");
  if (!column.native.empty()) metadata.Add(kNativeKey, column.native);
  return metadata.Finish();
}

inline Type TypeOf(const ArrowSchema& field) {
  const std::string_view format = field.format;
  if (format == "b") return Type::kBool;
  if (format == "l") return Type::kInt64;
  if (format == "g") return Type::kFloat64;
  if (format == "z") return Type::kBinary;
  if (format == "tdD") return Type::kDate;
  if (format == "tsu:") return Type::kTimestamp;
  if (format == "tsu:UTC") return Type::kTimestampUtc;
  if (format.substr(0, 2) == "d:") return Type::kDecimal;
  if (format == "u") {
    const std::string_view extension = FindMetadata(field.metadata, kExtensionKey);
    if (extension == "arrow.json") return Type::kJson;
    return extension == "connhost.number" ? Type::kNumber : Type::kText;
  }
  throw UnsupportedFailure("column '" + std::string(field.name) + "' has the type '" +
                           std::string(format) + "', which this plugin does not know");
}

}  // namespace arrow_detail

// Owns the ArrowSchema of a list of columns.
class SchemaHolder {
 public:
  explicit SchemaHolder(const std::vector<Column>& columns) : fields_(columns.size()) {
    for (const Column& column : columns) {
      texts_.push_back(
          {arrow_detail::FormatOf(column), column.name, arrow_detail::MetadataOf(column)});
    }
    for (size_t i = 0; i < columns.size(); ++i) {
      const char* metadata = texts_[i].metadata.empty() ? nullptr : texts_[i].metadata.data();
      fields_[i] = {texts_[i].format.c_str(),
                    texts_[i].name.c_str(),
                    metadata,
                    columns[i].nullable ? ARROW_FLAG_NULLABLE : 0,
                    0,
                    nullptr,
                    nullptr,
                    Release,
                    nullptr};
      children_.push_back(&fields_[i]);
    }
    root_ = {"+s",    "",      nullptr, 0, static_cast<int64_t>(children_.size()), children_.data(),
             nullptr, Release, nullptr};
  }
  SchemaHolder(const SchemaHolder&) = delete;
  SchemaHolder& operator=(const SchemaHolder&) = delete;

  const ArrowSchema* get() const { return &root_; }

 private:
  struct Texts {
    std::string format, name, metadata;
  };
  static void Release(ArrowSchema* schema) { schema->release = nullptr; }

  std::vector<Texts> texts_;
  std::vector<ArrowSchema> fields_;
  std::vector<ArrowSchema*> children_;
  ArrowSchema root_{};
};

// The columns an ArrowSchema of the profile declares.
inline std::vector<Column> ColumnsOf(const ArrowSchema& schema) {
  std::vector<Column> columns;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema& field = *schema.children[i];
    Column column{
        field.name,
        arrow_detail::TypeOf(field),
        (field.flags & ARROW_FLAG_NULLABLE) != 0,
        0,
        0,
        std::string(arrow_detail::FindMetadata(field.metadata, arrow_detail::kNativeKey))};
    if (column.type == Type::kDecimal) {
      std::sscanf(field.format, "d:%d,%d", &column.precision, &column.scale);
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace connhost::sdk
