#include "plugins/ndjson/document_columns.h"

#include <algorithm>

namespace connhost::ndjson {

namespace {

constexpr const char* kDocument = "_document";

}  // namespace

DocumentColumns::DocumentColumns(const sdk::ReadRequest& request) : names_(request.key) {
  if (!request.cursor.empty()) names_.push_back(request.cursor);
  std::sort(names_.begin(), names_.end());
  names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
  if (std::count(names_.begin(), names_.end(), kDocument) > 0) {
    throw sdk::ConfigFailure(
        "'_document' is the whole record and cannot be key or cursor of stream '" + request.stream +
        "'; name a member of the documents");
  }
  values_.resize(names_.size());
  if (!request.cursor.empty()) cursor_ = IndexOf(request.cursor);
}

int DocumentColumns::IndexOf(std::string_view name) {
  const auto found = std::find(names_.begin(), names_.end(), name);
  return found == names_.end() ? -1 : static_cast<int>(found - names_.begin());
}

std::vector<sdk::Column> DocumentColumns::columns() const {
  std::vector<sdk::Column> columns = {{kDocument, sdk::Type::kJson, false, 0, 0}};
  for (const std::string& name : names_) columns.push_back({name, sdk::Type::kJson, true, 0, 0});
  return columns;
}

bool DocumentColumns::Find(std::string_view document) {
  if (!sdk::IsJson(document)) return false;
  std::fill(values_.begin(), values_.end(), std::string_view());
  return sdk::ForEachMember(document, [&](std::string_view key, std::string_view value) {
    const bool escaped = key.find('\\') != key.npos;
    const int index = escaped ? IndexOf(sdk::json_detail::Unescape(key)) : IndexOf(key);
    if (index >= 0) values_[static_cast<size_t>(index)] = value;
  });
}

void DocumentColumns::Append(std::string_view document, sdk::BatchWriter& rows) const {
  rows[0].AppendText(document);
  for (size_t i = 0; i < values_.size(); ++i) {
    if (values_[i].empty() || values_[i] == "null") {
      rows[i + 1].AppendNull();
    } else {
      rows[i + 1].AppendText(values_[i]);
    }
  }
}

}  // namespace connhost::ndjson
