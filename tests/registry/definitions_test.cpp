#include "tests/registry/contract.h"

namespace connhost {
namespace {

TEST_P(RegistryContract, KeepsEveryFieldOfADefinition) {
  ConnectorDefinition definition = CsvDefinition("1.0.0");
  definition.signer = "RWQ=";
  definition.abi = 7;
  definition.state_reads = {"a\"b", "c,d", ""};
  definition.status = "deprecated";
  definition.installed_at = 123;
  registry().AddDefinition(definition, false);
  const auto found = registry().FindDefinition("csv", "1.0.0");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->digest, definition.digest);
  EXPECT_EQ(found->kind, "source");
  EXPECT_EQ(found->publisher, "connhost");
  EXPECT_EQ(found->signer, "RWQ=");
  EXPECT_EQ(found->abi, 7);
  EXPECT_EQ(found->state_writes, "csv/2");
  EXPECT_EQ(found->state_reads, definition.state_reads);
  EXPECT_EQ(found->status, "deprecated");
  EXPECT_FALSE(found->active);
  EXPECT_EQ(found->manifest, definition.manifest);
  EXPECT_EQ(found->installed_at, 123);
  EXPECT_FALSE(registry().ActiveDefinition("csv"));
}

TEST_P(RegistryContract, ActivatesOneVersionAtATime) {
  registry().AddDefinition(CsvDefinition("1.0.0"), true);
  registry().AddDefinition(CsvDefinition("1.1.0"), true);
  registry().AddDefinition(CsvDefinition("2.0.0"), false);
  EXPECT_EQ(registry().ActiveDefinition("csv")->version, "1.1.0");
  EXPECT_FALSE(registry().FindDefinition("csv", "1.0.0")->active);
  registry().AddDefinition(CsvDefinition("1.0.0"), true);  // the same again: back to it
  EXPECT_EQ(registry().ActiveDefinition("csv")->version, "1.0.0");
}

TEST_P(RegistryContract, RefusesAnotherDigestUnderTheSameVersion) {
  registry().AddDefinition(CsvDefinition("1.0.0"), false);
  ConnectorDefinition forged = CsvDefinition("1.0.0");
  forged.digest = std::string(64, 'b');
  ExpectError(ErrorKind::kPolicy, forged.digest, [&] { registry().AddDefinition(forged, true); });
  EXPECT_EQ(registry().FindDefinition("csv", "1.0.0")->digest, std::string(64, 'a'));
  EXPECT_FALSE(registry().ActiveDefinition("csv"));  // nor was it activated
}

TEST_P(RegistryContract, RefusesADefinitionThatBreaksARule) {
  const auto refuse = [&](const std::string& column, auto change) {
    ConnectorDefinition definition = CsvDefinition("1.0.0");
    change(definition);
    ExpectError(ErrorKind::kInternal, column, [&] { registry().AddDefinition(definition, true); });
  };
  refuse("digest", [](auto& definition) { definition.digest = "short"; });
  refuse("digest", [](auto& definition) { definition.digest = std::string(64, 'A'); });
  refuse("kind", [](auto& definition) { definition.kind = "sink"; });
  refuse("status", [](auto& definition) { definition.status = "fine"; });
  refuse("version", [](auto& definition) { definition.version = ""; });
  refuse("abi", [](auto& definition) { definition.abi = 0; });
  EXPECT_TRUE(registry().ListDefinitions().empty());
}

TEST_P(RegistryContract, ListsTheNewestVersionLast) {
  for (const char* version : {"1.10.0", "2.0.0", "1.9.0", "2.0.0-rc.1", "1.9.0-beta"}) {
    registry().AddDefinition(CsvDefinition(version), false);
  }
  ConnectorDefinition other = CsvDefinition("9.0.0");
  other.id = "bronze";
  registry().AddDefinition(other, false);
  std::string order;
  for (const auto& definition : registry().ListDefinitions()) {
    order += definition.id + "@" + definition.version + " ";
  }
  EXPECT_EQ(order, "bronze@9.0.0 csv@1.9.0-beta csv@1.9.0 csv@1.10.0 csv@2.0.0-rc.1 csv@2.0.0 ");
}

TEST_P(RegistryContract, KeepsTheLastVersionOfAConnectorInUse) {
  registry().AddDefinition(CsvDefinition("1.0.0"), true);
  registry().AddDefinition(CsvDefinition("1.1.0"), true);
  registry().PutConnection(Connection("acme", "orders"));
  registry().PutConnection(Connection("beta", "orders"));
  registry().RemoveDefinition("csv", "1.0.0");
  ExpectError(ErrorKind::kConfig, "acme/orders and beta/orders",
              [&] { registry().RemoveDefinition("csv", "1.1.0"); });
  EXPECT_TRUE(registry().ActiveDefinition("csv"));
  registry().RemoveConnection("acme", "orders");
  registry().RemoveConnection("beta", "orders");
  registry().RemoveDefinition("csv", "1.1.0");
  EXPECT_TRUE(registry().ListDefinitions().empty());
}

TEST_P(RegistryContract, ADestinationIsInUseToo) {
  ConnectorDefinition bronze = CsvDefinition("1.0.0");
  bronze.id = "bronze";
  registry().AddDefinition(bronze, true);
  for (int i = 0; i < 12; ++i) registry().PutConnection(Connection("acme", std::to_string(i)));
  ExpectError(ErrorKind::kConfig, " and 2 more;",
              [&] { registry().RemoveDefinition("bronze", "1.0.0"); });
}

TEST_P(RegistryContract, ActivatesTheNewestThatIsLeft) {
  for (const char* version : {"1.9.0", "1.10.0", "2.0.0"}) {
    registry().AddDefinition(CsvDefinition(version), true);
  }
  registry().RemoveDefinition("csv", "1.9.0");
  EXPECT_EQ(registry().ActiveDefinition("csv")->version, "2.0.0");  // not the active one went
  registry().AddDefinition(CsvDefinition("1.9.0"), false);
  registry().RemoveDefinition("csv", "2.0.0");
  EXPECT_EQ(registry().ActiveDefinition("csv")->version, "1.10.0");
}

TEST_P(RegistryContract, NamesTheVersionsWhenTheOneToRemoveIsMissing) {
  ExpectError(ErrorKind::kConfig, "no version of it is",
              [&] { registry().RemoveDefinition("csv", "1.0.0"); });
  registry().AddDefinition(CsvDefinition("1.10.0"), false);
  registry().AddDefinition(CsvDefinition("1.9.0"), false);
  ExpectError(ErrorKind::kConfig, "1.9.0 and 1.10.0",
              [&] { registry().RemoveDefinition("csv", "1.0.0"); });
}

}  // namespace
}  // namespace connhost
