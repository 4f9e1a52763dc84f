// The columns of a batch: the document, and one per key and cursor member.
#pragma once

#include <connhost/output.hpp>
#include <connhost/source.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace connhost::ndjson {

// Column 0 is `_document`; the others are members at the top of the document, as raw JSON values,
// null where a document has none. Of a member that stands twice the last counts. One thread.
class DocumentColumns {
 public:
  // Throws ConfigFailure when a member is called `_document`.
  explicit DocumentColumns(const sdk::ReadRequest& request);

  std::vector<sdk::Column> columns() const;
  bool has_members() const { return !names_.empty(); }

  // Looks the members up in a document; false when it is not one JSON object. The values borrow
  // the text.
  bool Find(std::string_view document);
  // The raw cursor of the document looked up last; "" when it has none.
  std::string_view cursor() const {
    return cursor_ < 0 ? "" : values_[static_cast<size_t>(cursor_)];
  }

  // The values of the row, not yet ended.
  void Append(std::string_view document, sdk::BatchWriter& rows) const;

 private:
  int IndexOf(std::string_view name);

  std::vector<std::string> names_;
  std::vector<std::string_view> values_;
  int cursor_ = -1;
};

}  // namespace connhost::ndjson
