#include "registry/audit_chain.h"
#include "tests/registry/contract.h"

namespace connhost {
namespace {

std::vector<AuditRow> Chain(int rows) {
  std::vector<AuditRow> chain;
  std::string previous;
  for (int i = 1; i <= rows; ++i) {
    AuditRow row{.seq = i, .at = 1000 + i, .entry = {"ada", "pin", "csv", "", "{}"}, .hash = ""};
    row.hash = previous = AuditHash(previous, row);
    chain.push_back(row);
  }
  return chain;
}

std::string Fault(const std::vector<AuditRow>& rows) {
  AuditChain chain;
  for (const AuditRow& row : rows) {
    if (std::string fault = chain.Take(row); !fault.empty()) return fault;
  }
  const auto whole = Chain(4);
  return chain.End(4, whole.back().hash);
}

TEST(AuditChain, AWholeOneFits) {
  EXPECT_EQ(Fault(Chain(4)), "");
}

TEST(AuditChain, AnyChangedFieldShows) {
  const auto expect_found = [](auto change) {
    std::vector<AuditRow> rows = Chain(4);
    change(rows[1]);
    EXPECT_NE(Fault(rows).find("row 2 of"), std::string::npos) << Fault(rows);
  };
  expect_found([](AuditRow& row) { row.at += 1; });
  expect_found([](AuditRow& row) { row.entry.actor = "eve"; });
  expect_found([](AuditRow& row) { row.entry.action = "unpin"; });
  expect_found([](AuditRow& row) { row.entry.subject = "csv2"; });
  expect_found([](AuditRow& row) { row.entry.reason = "x"; });
  expect_found([](AuditRow& row) { row.entry.details = "[]"; });
  expect_found([](AuditRow& row) { row.hash[0] = row.hash[0] == 'a' ? 'b' : 'a'; });
  // A border that moves between two fields is a change too.
  expect_found([](AuditRow& row) {
    row.entry.actor = "adap";
    row.entry.action = "in";
  });
}

TEST(AuditChain, AMissingRowShowsWhereverItWas) {
  for (const size_t missing : {0U, 1U, 2U}) {
    std::vector<AuditRow> rows = Chain(4);
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(missing));
    EXPECT_NE(Fault(rows).find("row " + std::to_string(missing + 1) + " is missing"),
              std::string::npos);
  }
  std::vector<AuditRow> rows = Chain(4);
  rows.pop_back();
  EXPECT_NE(Fault(rows).find("it ends with row 3, though row 4"), std::string::npos);
}

TEST(AuditChain, ARowRewrittenWithItsHashBreaksTheNext) {
  std::vector<AuditRow> rows = Chain(4);
  rows[1].entry.actor = "eve";
  rows[1].hash = AuditHash(rows[0].hash, rows[1]);
  EXPECT_NE(Fault(rows).find("row 3 of"), std::string::npos);
}

TEST_P(RegistryContract, TheAuditLogListsTheNewestFirst) {
  for (const char* subject : {"a", "b", "c"}) {
    registry().AddAudit({"ada@host", "grant", subject, "why", R"({"x":1})"});
  }
  const auto rows = registry().ListAudit(2);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].seq, 3);
  EXPECT_EQ(rows[0].entry.subject, "c");
  EXPECT_EQ(rows[0].entry.details, R"({"x":1})");
  EXPECT_EQ(rows[1].entry.subject, "b");
  EXPECT_EQ(registry().VerifyAudit(), "");
  ExpectError(ErrorKind::kInternal, "actor", [&] {
    registry().AddAudit({"", "grant", "x", "", "{}"});
  });
  EXPECT_EQ(registry().VerifyAudit(), "");
}

}  // namespace
}  // namespace connhost
