// The chain that ties each row of audit_log to all before it, so that a changed, added or removed
// row shows. Format: docs/formats/registry.md, "audit_log".
#pragma once

#include <string>

#include "registry/records.h"

namespace connhost {

// The hash of a row, given that of the row before ("" for the first): 64 hex digits.
std::string AuditHash(const std::string& previous, const AuditRow& row);

// Follows rows in their order. One thread.
class AuditChain {
 public:
  // Takes the next row; "" when it fits, else what is wrong with it.
  std::string Take(const AuditRow& row);
  // At the end: compares with where the log says it ends.
  std::string End(int64_t last_seq, const std::string& last_hash) const;

 private:
  int64_t seq_ = 0;
  std::string hash_;
};

}  // namespace connhost
