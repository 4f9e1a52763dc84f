// How batches become lines.
#pragma once

#include <connhost/destination.hpp>
#include <memory>
#include <string>
#include <vector>

namespace connhost::stdout_destination {

class BatchFormat {
 public:
  virtual ~BatchFormat() = default;
  // The lines of a batch, appended, each with its \n.
  virtual void Append(std::string& out, const sdk::BatchView& batch,
                      const std::vector<sdk::Column>& columns) = 0;
};

// One JSON object a line, the columns in their order. A row with a `_document` is that document
// alone: key and cursor beside it are members of it.
std::unique_ptr<BatchFormat> MakeJsonLines();

// Aligned columns below a heading. The first batch decides the widths, 40 characters at most; what
// is longer is cut there with an ellipsis. Made anew for each set of columns.
std::unique_ptr<BatchFormat> MakeTableLines();

}  // namespace connhost::stdout_destination
