#include "registry/audit_chain.h"

#include "base/hash.h"
#include "base/time.h"

namespace connhost {
namespace {

// Lengths keep the borders of the fields: "ab" and "c" is not "a" and "bc".
void Add(Sha256& hash, const std::string& field) {
  hash.Update(std::to_string(field.size()) + ":" + field + ",");
}

}  // namespace

std::string AuditHash(const std::string& previous, const AuditRow& row) {
  Sha256 hash;
  Add(hash, previous);
  Add(hash, std::to_string(row.seq));
  Add(hash, std::to_string(row.at));
  for (const std::string* field : {&row.entry.actor, &row.entry.action, &row.entry.subject,
                                   &row.entry.reason, &row.entry.details}) {
    Add(hash, *field);
  }
  return hash.FinishHex();
}

std::string AuditChain::Take(const AuditRow& row) {
  const int64_t expected = seq_ + 1;
  if (row.seq != expected) {
    const std::string missing =
        row.seq == expected + 1
            ? "row " + std::to_string(expected) + " is"
            : "rows " + std::to_string(expected) + " to " + std::to_string(row.seq - 1) + " are";
    return "audit log: " + missing + " missing before the row of " + FormatTime(row.at);
  }
  if (row.hash != AuditHash(hash_, row)) {
    return "audit log: row " + std::to_string(row.seq) + " of " + FormatTime(row.at) + " (" +
           row.entry.action + " " + row.entry.subject +
           ") is not what was written: its hash does not fit its content and the row before";
  }
  seq_ = row.seq;
  hash_ = row.hash;
  return "";
}

std::string AuditChain::End(int64_t last_seq, const std::string& last_hash) const {
  if (seq_ == last_seq && hash_ == last_hash) return "";
  return "audit log: it ends with row " + std::to_string(seq_) + ", though row " +
         std::to_string(last_seq) + " was written last: rows at the end are missing or were added";
}

}  // namespace connhost
