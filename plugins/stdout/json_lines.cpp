#include <algorithm>

#include "plugins/stdout/batch_format.h"
#include "plugins/stdout/value_text.h"

namespace connhost::stdout_destination {

namespace {

class JsonLines : public BatchFormat {
 public:
  void Append(std::string& out, const sdk::BatchView& batch,
              const std::vector<sdk::Column>& columns) override {
    const auto document =
        std::find_if(columns.begin(), columns.end(), [](const sdk::Column& column) {
          return column.name == "_document" && column.type == sdk::Type::kJson;
        });
    const auto index = static_cast<size_t>(document - columns.begin());
    for (uint32_t row = 0; row < batch.rows(); ++row) {
      if (document != columns.end() && !batch[index].IsNull(row)) {
        AppendDocument(out, batch[index].Text(row));
      } else {
        AppendObject(out, batch, columns, row);
      }
      out += '\n';
    }
  }

 private:
  // A line break in a valid document stands between tokens only.
  static void AppendDocument(std::string& out, std::string_view text) {
    const size_t begin = out.size();
    out += text;
    std::replace(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), '\n', ' ');
  }

  static void AppendObject(std::string& out, const sdk::BatchView& batch,
                           const std::vector<sdk::Column>& columns, uint32_t row) {
    out += '{';
    for (size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out += ',';
      sdk::AppendJsonString(out, columns[i].name);
      out += ':';
      AppendJson(out, batch[i], columns[i], row);
    }
    out += '}';
  }
};

}  // namespace

std::unique_ptr<BatchFormat> MakeJsonLines() {
  return std::make_unique<JsonLines>();
}

}  // namespace connhost::stdout_destination
