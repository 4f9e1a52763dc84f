// Json and number columns hold what they say: the check at the trust border, before a destination
// splices the bytes into its output.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/wire/batch.h"

namespace connhost {

struct BadDocument {
  uint32_t row = 0;
  uint32_t column = 0;
};

// One stream's guard; reused from batch to batch. One thread.
class DocumentGuard {
 public:
  explicit DocumentGuard(const Schema& schema);

  // The rows, ascending, with the first column that is not valid JSON (or not a JSON number), or
  // that holds a control character, which would break a line of NDJSON.
  const std::vector<BadDocument>& Check(const BatchView& batch);

 private:
  std::vector<uint32_t> json_columns_;
  std::vector<uint32_t> number_columns_;
  std::vector<BadDocument> bad_;
};

}  // namespace connhost
