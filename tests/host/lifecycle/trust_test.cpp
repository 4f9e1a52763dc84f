// Which key may sign which connector.
#include "host/lifecycle/trust.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "host/lifecycle/key_ring.h"
#include "host/signature/secret_key.h"

namespace connhost::testing {
namespace {

class TrustTest : public ::testing::Test {
 protected:
  std::string Add(std::vector<std::string> prefixes, int64_t expires = 0, int64_t revoked = 0) {
    const PublicKey key = SecretKey::Generate().public_key();
    keys_.push_back({key.id, key.Base64(), std::move(prefixes), "", 1, expires, revoked, ""});
    return key.id;
  }
  // "" when the key may sign the connector, else the sentence.
  std::string Refusal(const std::string& key, const std::string& connector) {
    try {
      EXPECT_EQ(Trust(keys_, 1000).ForPackage(key, connector, "x").id, key);
      return "";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kPolicy);
      return error.what();
    }
  }
  bool May(const std::string& key, const std::string& connector) {
    return Refusal(key, connector).empty();
  }

  std::vector<TrustedKey> keys_;
};

TEST_F(TrustTest, APrefixCoversAnIdOrAFamily) {
  EXPECT_TRUE(PrefixCovers("", "csv"));
  EXPECT_TRUE(PrefixCovers("csv", "csv"));
  EXPECT_FALSE(PrefixCovers("csv", "csv-plus"));
  EXPECT_FALSE(PrefixCovers("csv", "csvx"));
  EXPECT_TRUE(PrefixCovers("acme-", "acme-orders"));
  EXPECT_TRUE(PrefixCovers("acme_", "acme_orders"));
  EXPECT_FALSE(PrefixCovers("acme-", "acme"));
  EXPECT_FALSE(PrefixCovers("acme-", "acmeorders"));
}

TEST_F(TrustTest, TheLongestPrefixDecides) {
  const std::string any = Add({""}), family = Add({"acme-", "csv"}), one = Add({"acme-orders"});
  EXPECT_TRUE(May(any, "faker"));
  EXPECT_FALSE(May(any, "acme-stock"));
  EXPECT_FALSE(May(any, "csv"));
  EXPECT_TRUE(May(family, "acme-stock"));
  EXPECT_FALSE(May(family, "acme-orders"));
  EXPECT_FALSE(May(family, "faker"));
  EXPECT_TRUE(May(one, "acme-orders"));
  const std::string equal = Add({"acme-"});
  EXPECT_TRUE(May(equal, "acme-stock") && May(family, "acme-stock")) << "two of the same length";
  EXPECT_FALSE(May("0123456789ABCDEF", "csv"));
}

TEST_F(TrustTest, AnIdStaysItsPublishersAfterTheKeysEnd) {
  const std::string any = Add({""});
  const std::string expired = Add({"acme-"}, 1000), revoked = Add({"beta-"}, 0, 5);
  EXPECT_NE(Refusal(expired, "acme-x").find("trusted only until"), std::string::npos);
  EXPECT_NE(Refusal(revoked, "beta-x").find("revoked since"), std::string::npos);
  EXPECT_NE(Refusal(any, "acme-x").find("reserved for the key " + expired), std::string::npos);
  EXPECT_NE(Refusal(any, "beta-x").find("reserved for the key " + revoked), std::string::npos);
}

TEST_F(TrustTest, AKeyWithoutPrefixesSignsCatalogsAlone) {
  const std::string key = Add({});
  EXPECT_FALSE(May(key, "csv"));
  EXPECT_EQ(Trust(keys_, 1000).ForCatalog(key, "x").id, key);
}

TEST(PrefixesTest, AreReadFromACommandLine) {
  EXPECT_EQ(ParsePrefixes("csv,acme-,*"), (std::vector<std::string>{"csv", "acme-", ""}));
  for (const char* wrong : {"", "csv,", "a/b", "**", "Csv", "../x", "-x"}) {
    EXPECT_THROW(ParsePrefixes(wrong), Error) << wrong;
  }
}

}  // namespace
}  // namespace connhost::testing
