// Records that the kit writes to destinations, each with a marker that can be found again.
#pragma once

#include <cstdint>
#include <string>

#include "host/wire/batch.h"
#include "host/wire/schema.h"

namespace connhost {

class SampleRows {
 public:
  // kPlain: columns `id` (int64, the key) and `mark` (utf8). kFull: one of every type besides.
  enum class Width { kPlain, kFull };
  // `token`: a word that begins every marker.
  SampleRows(Width width, std::string token);

  const Schema& schema() const { return schema_; }

  // The payload of a batch with `count` records from `first` on, 1 to 1000. The marker of record
  // 7 of generation 2 is "TOKEN-2-7.".
  std::string Batch(int64_t first, uint32_t count, int generation = 1);

 private:
  Width width_;
  std::string token_;
  Schema schema_;
  BatchEncoder encoder_;
};

}  // namespace connhost
