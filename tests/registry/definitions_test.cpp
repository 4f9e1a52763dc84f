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
  registry().AddDefinition(definition, kByTest);
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
  EXPECT_TRUE(found->active);
  EXPECT_EQ(found->manifest, definition.manifest);
  EXPECT_EQ(found->installed_at, 123);
}

TEST_P(RegistryContract, TheFirstVersionIsActiveAndStaysSo) {
  registry().AddDefinition(CsvDefinition("1.0.0"), kByTest);
  registry().AddDefinition(CsvDefinition("1.1.0"), kByTest);
  registry().AddDefinition(CsvDefinition("1.1.0"), kByTest);  // the same again
  EXPECT_EQ(registry().ActiveDefinition("csv")->version, "1.0.0");
  EXPECT_FALSE(registry().FindDefinition("csv", "1.1.0")->active);
  EXPECT_EQ(registry().ListGenerations("csv").size(), 1U);
  EXPECT_EQ(registry().ListAudit(10).size(), 2U);  // what changed nothing left nothing
}

TEST_P(RegistryContract, RefusesAnotherDigestUnderTheSameVersion) {
  registry().AddDefinition(CsvDefinition("1.0.0"), kByTest);
  ConnectorDefinition forged = CsvDefinition("1.0.0");
  forged.digest = std::string(64, 'b');
  ExpectError(ErrorKind::kPolicy, forged.digest,
              [&] { registry().AddDefinition(forged, kByTest); });
  EXPECT_EQ(registry().FindDefinition("csv", "1.0.0")->digest, std::string(64, 'a'));
}

TEST_P(RegistryContract, RefusesADefinitionThatBreaksARule) {
  const auto refuse = [&](const std::string& column, auto change) {
    ConnectorDefinition definition = CsvDefinition("1.0.0");
    change(definition);
    ExpectError(ErrorKind::kInternal, column,
                [&] { registry().AddDefinition(definition, kByTest); });
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
    registry().AddDefinition(CsvDefinition(version), kByTest);
  }
  ConnectorDefinition other = CsvDefinition("9.0.0");
  other.id = "bronze";
  registry().AddDefinition(other, kByTest);
  std::string order;
  for (const auto& definition : registry().ListDefinitions()) {
    order += definition.id + "@" + definition.version + " ";
  }
  EXPECT_EQ(order, "bronze@9.0.0 csv@1.9.0-beta csv@1.9.0 csv@1.10.0 csv@2.0.0-rc.1 csv@2.0.0 ");
}

TEST_P(RegistryContract, KeepsTheLastVersionOfAConnectorInUse) {
  registry().AddDefinition(CsvDefinition("1.0.0"), kByTest);
  registry().AddDefinition(CsvDefinition("1.1.0"), kByTest);
  registry().PutConnection(Connection("acme", "orders"));
  registry().PutConnection(Connection("beta", "orders"));
  registry().RemoveDefinition("csv", "1.1.0", kByTest);
  ExpectError(ErrorKind::kConfig, "acme/orders and beta/orders",
              [&] { registry().RemoveDefinition("csv", "1.0.0", kByTest); });
  EXPECT_TRUE(registry().ActiveDefinition("csv"));
  registry().RemoveConnection("acme", "orders");
  registry().RemoveConnection("beta", "orders");
  registry().RemoveDefinition("csv", "1.0.0", kByTest);
  EXPECT_TRUE(registry().ListDefinitions().empty());
}

TEST_P(RegistryContract, ADestinationIsInUseToo) {
  ConnectorDefinition bronze = CsvDefinition("1.0.0");
  bronze.id = "bronze";
  registry().AddDefinition(bronze, kByTest);
  for (int i = 0; i < 12; ++i) registry().PutConnection(Connection("acme", std::to_string(i)));
  ExpectError(ErrorKind::kConfig, " and 2 more;",
              [&] { registry().RemoveDefinition("bronze", "1.0.0", kByTest); });
}

TEST_P(RegistryContract, KeepsTheActiveVersionWhileOthersAreInstalled) {
  registry().AddDefinition(CsvDefinition("1.9.0"), kByTest);
  registry().AddDefinition(CsvDefinition("1.10.0"), kByTest);
  ExpectError(ErrorKind::kConfig, "is the active version, and 1.10.0 is installed beside it",
              [&] { registry().RemoveDefinition("csv", "1.9.0", kByTest); });
  registry().RemoveDefinition("csv", "1.10.0", kByTest);
  registry().RemoveDefinition("csv", "1.9.0", kByTest);  // the last one may go
  EXPECT_FALSE(registry().ActiveDefinition("csv"));
}

TEST_P(RegistryContract, ListsTheVersionsOfOneConnector) {
  for (const char* version : {"1.10.0", "2.0.0-rc.1", "1.9.0"}) {
    registry().AddDefinition(CsvDefinition(version), kByTest);
  }
  EXPECT_EQ(registry().ListVersions("csv"),
            (std::vector<std::string>{"1.9.0", "1.10.0", "2.0.0-rc.1"}));
  EXPECT_TRUE(registry().ListVersions("cvs").empty());
}

TEST_P(RegistryContract, SetsTheStatusOfAVersion) {
  registry().AddDefinition(CsvDefinition("1.0.0"), kByTest);
  registry().SetDefinitionStatus("csv", "1.0.0", "deprecated", kByTest);
  registry().SetDefinitionStatus("csv", "1.0.0", "deprecated", kByTest);
  EXPECT_EQ(registry().FindDefinition("csv", "1.0.0")->status, "deprecated");
  EXPECT_EQ(registry().ListAudit(10).size(), 2U);
  ExpectError(ErrorKind::kInternal, "status",
              [&] { registry().SetDefinitionStatus("csv", "1.0.0", "fine", kByTest); });
  ExpectError(ErrorKind::kConfig, "csv 2.0.0 is not installed",
              [&] { registry().SetDefinitionStatus("csv", "2.0.0", "deprecated", kByTest); });
}

TEST_P(RegistryContract, NamesTheVersionsWhenTheOneToRemoveIsMissing) {
  ExpectError(ErrorKind::kConfig, "no version of it is",
              [&] { registry().RemoveDefinition("csv", "1.0.0", kByTest); });
  registry().AddDefinition(CsvDefinition("1.10.0"), kByTest);
  registry().AddDefinition(CsvDefinition("1.9.0"), kByTest);
  ExpectError(ErrorKind::kConfig, "1.9.0 and 1.10.0",
              [&] { registry().RemoveDefinition("csv", "1.0.0", kByTest); });
}

}  // namespace
}  // namespace connhost
