#include <connhost/arrow.h>

#include <array>
#include <memory>

#include "host/wire/batch.h"

namespace connhost {
namespace {

struct Shell {
  std::vector<ArrowArray> columns;
  std::vector<ArrowArray*> children;
  std::vector<std::array<const void*, 3>> buffers;  // of each column
  const void* no_validity = nullptr;                // the one buffer of the table itself
};

void ReleaseColumn(ArrowArray* array) {
  array->release = nullptr;
}  // the shell owns it

void ReleaseTable(ArrowArray* array) {
  delete static_cast<Shell*>(array->private_data);
  array->release = nullptr;
}

void FillColumn(const ColumnView& view, bool variable, std::array<const void*, 3>* buffers,
                ArrowArray* out) {
  (*buffers)[0] = view.validity;
  (*buffers)[1] = variable ? static_cast<const void*>(view.offsets) : view.data;
  (*buffers)[2] = variable ? view.data : nullptr;
  out->null_count = view.null_count;
  out->n_buffers = variable ? 3 : 2;
  out->buffers = buffers->data();
  out->release = ReleaseColumn;
}

}  // namespace

void BatchToArrow(const BatchView& batch, const Schema& schema, ArrowArray* out) {
  auto shell = std::make_unique<Shell>();
  const size_t columns = batch.columns.size();
  shell->columns.resize(columns);
  shell->buffers.resize(columns);
  for (size_t i = 0; i < columns; ++i) {
    ArrowArray& column = shell->columns[i];
    FillColumn(batch.columns[i], IsVariable(schema.columns[i].type), &shell->buffers[i], &column);
    column.length = batch.rows;
    shell->children.push_back(&column);
  }
  *out = {};
  out->length = batch.rows;
  out->n_buffers = 1;
  out->buffers = &shell->no_validity;
  out->n_children = static_cast<int64_t>(columns);
  out->children = shell->children.data();
  out->release = ReleaseTable;
  out->private_data = shell.release();
}

}  // namespace connhost
