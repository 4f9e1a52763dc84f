#include "tests/registry/contract.h"

namespace connhost {
namespace {

TEST_P(RegistryContract, KeepsEveryFieldOfAKey) {
  TrustedKey key{.id = "E7620F1842B4E81F",
                 .public_key = "RWQf6LRCGA9i",
                 .prefixes = {"acme-", "a\"b"},
                 .comment = "Ada's",
                 .added_at = 5,
                 .expires_at = 6,
                 .revoked_at = 7,
                 .successor = "0000000000000001"};
  registry().PutKey(key, kByTest);
  key.comment = "Ada's new";
  registry().PutKey(key, kByTest);
  const auto keys = registry().ListKeys();
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].id, key.id);
  EXPECT_EQ(keys[0].public_key, key.public_key);
  EXPECT_EQ(keys[0].prefixes, key.prefixes);
  EXPECT_EQ(keys[0].comment, "Ada's new");
  EXPECT_EQ(keys[0].added_at, 5);
  EXPECT_EQ(keys[0].expires_at, 6);
  EXPECT_EQ(keys[0].revoked_at, 7);
  EXPECT_EQ(keys[0].successor, key.successor);
  registry().RemoveKey(key.id, kByTest);
  EXPECT_TRUE(registry().ListKeys().empty());
  ExpectError(ErrorKind::kConfig, "no key 'E7620F1842B4E81F' is trusted",
              [&] { registry().RemoveKey(key.id, kByTest); });
  EXPECT_EQ(registry().ListAudit(10).size(), 3U);
}

TEST_P(RegistryContract, AnOlderIndexOfACatalogIsRefused) {
  registry().PutCatalog({.name = "acme", .location = "https://example.com/c", .key_id = "K"},
                        kByTest);
  registry().RaiseCatalogSerial("acme", 7);
  registry().RaiseCatalogSerial("acme", 7);
  ExpectError(ErrorKind::kPolicy, "has serial 6, though serial 7 was seen before",
              [&] { registry().RaiseCatalogSerial("acme", 6); });
  EXPECT_EQ(registry().ListCatalogs().at(0).serial, 7U);
  registry().RemoveCatalog("acme", kByTest);
  ExpectError(ErrorKind::kConfig, "there is no catalog 'acme'",
              [&] { registry().RemoveCatalog("acme", kByTest); });
}

}  // namespace
}  // namespace connhost
