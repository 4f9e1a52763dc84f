// What the records look like.
#pragma once

#include <connhost/output.hpp>
#include <cstdint>
#include <memory>
#include <vector>

#include "plugins/faker/settings.h"

namespace connhost::faker {

// Makes the rows of one stream. Column 0 is `id`, the row's number; the last is `updated_at`, one
// second later with every row. One thread.
class RowMaker {
 public:
  virtual ~RowMaker() = default;
  virtual std::vector<sdk::Column> columns() const = 0;
  // Row `row`, from 1, into the writer; not yet ended.
  virtual void Append(uint64_t row, sdk::BatchWriter& rows) const = 0;
};

// `stream`: from 0; every stream has values of its own.
std::unique_ptr<RowMaker> MakeRowMaker(const Settings& settings, uint64_t stream);

}  // namespace connhost::faker
