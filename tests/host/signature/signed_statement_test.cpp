// What trusted comments state.
#include "host/signature/signed_statement.h"

#include "signature_samples.h"

namespace connhost::testing {
namespace {

const std::string kHex(64, 'a');

TEST(StatementTest, IsReadBack) {
  for (const int64_t expires : {int64_t{0}, int64_t{1900000000}}) {
    const SignedStatement said{"package", "csv", "1.0.0", kHex, expires};
    const auto read = ParseStatement(WriteStatement(said), "x");
    ASSERT_TRUE(read);
    EXPECT_EQ(WriteStatement(*read), WriteStatement(said));
    CheckStatement(*read, {"package", "csv", "1.0.0", kHex, 0}, 1800000000, "x");
  }
}

TEST(StatementTest, CommentsOfOthersStateNothing) {
  for (const char* comment : {"", "timestamp:1700000000\tfile:csv.connpkg\thashed", "connhostile",
                              "Connhost package x"}) {
    EXPECT_FALSE(ParseStatement(comment, "x")) << comment;
  }
}

TEST(StatementTest, AHalfOneIsRefused) {
  const std::string good = "connhost package csv 1.0.0 sha256:" + kHex;
  for (const std::string& comment :
       {std::string("connhost "), std::string("connhost package csv 1.0.0"),
        "connhost present csv 1.0.0 sha256:" + kHex, "connhost package csv  sha256:" + kHex,
        "connhost package csv 1.0.0 sha512:" + kHex, good + "a",
        good + " expires:", good + " expires:soon", good + " expires:-1", good + " expires:0",
        good + " expires:999999999999999", good + " until:1900000000", good + " ",
        good + " expires:1900000000 more"}) {
    ExpectHas(RefusalOf(ErrorKind::kPolicy, [&] { ParseStatement(comment, "x.minisig"); }),
              "x.minisig: its trusted comment starts as connhost's do");
  }
}

TEST(StatementTest, AnotherFactIsRefused) {
  const SignedStatement said{"package", "csv", "1.0.0", kHex, 1900000000};
  const auto refused = [&](SignedStatement expected, int64_t now = 1800000000) {
    return RefusalOf(ErrorKind::kPolicy, [&] { CheckStatement(said, expected, now, "x"); });
  };
  ExpectHas(refused({"index", "csv", "1.0.0", kHex, 0}), "its kind is 'package', not 'index'");
  ExpectHas(refused({"package", "tsv", "1.0.0", kHex, 0}), "its name is 'csv', not 'tsv'");
  ExpectHas(refused({"package", "csv", "1.0.1", kHex, 0}), "its version is '1.0.0', not '1.0.1'");
  ExpectHas(refused({"package", "csv", "1.0.0", std::string(64, 'b'), 0}), "its digest is 'aaa");
  ExpectHas(refused({"package", "csv", "1.0.0", kHex, 0}, 1900000000),
            "the signature expired at 2030-03-17T17:46:40Z");
}

}  // namespace
}  // namespace connhost::testing
