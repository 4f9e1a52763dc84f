#include "manifests/manifest.h"

#include "base/error.h"
#include "base/files.h"
#include "manifest_text.h"
#include "manifests/units.h"

namespace connhost {
namespace {

using Words = std::vector<std::string>;

TEST(Manifest, ReadsIdentityAndAbilities) {
  const Manifest manifest = ParseManifest(kGoodManifest, "m");
  EXPECT_EQ(manifest.id, "orders-db");
  EXPECT_EQ(manifest.version, "1.2.0-rc.1");
  EXPECT_EQ(manifest.name, "Orders database");
  EXPECT_EQ(manifest.description, "Reads and writes\nthe orders.\n");
  EXPECT_EQ(manifest.publisher, "connhost");
  EXPECT_EQ(manifest.license, "Apache-2.0");
  EXPECT_EQ(manifest.taxonomy.origin, "public");
  EXPECT_EQ(manifest.taxonomy.source, "database");
  EXPECT_EQ(manifest.taxonomy.provider, "local");
  EXPECT_EQ(manifest.taxonomy.product, "orders");
  EXPECT_EQ(manifest.taxonomy.method, "sql");
  EXPECT_TRUE(manifest.source);
  EXPECT_TRUE(manifest.destination);
  EXPECT_EQ(manifest.abi, 1);
  EXPECT_EQ(manifest.platforms.at("linux-x86_64"), "lib/orders-db.so");
  EXPECT_EQ(manifest.capabilities, (Words{"full", "incremental", "append"}));
  EXPECT_TRUE(manifest.HasCapability("append"));
  EXPECT_FALSE(manifest.HasCapability("cdc"));
  EXPECT_EQ(manifest.runners, Words{"local"});
}

TEST(Manifest, ReadsGrantsStreamsAndLimits) {
  const Manifest manifest = ParseManifest(kGoodManifest, "m");
  EXPECT_EQ(manifest.network_patterns,
            (Words{"api.example.com", "*.example.com", "localhost:8080"}));
  ASSERT_TRUE(manifest.native_network);
  EXPECT_EQ(manifest.native_network->host_field, "host");
  EXPECT_EQ(manifest.native_network->port_field, "port");
  EXPECT_EQ(manifest.read_paths, Words{"path"});
  EXPECT_TRUE(manifest.write_paths.empty());
  EXPECT_EQ(manifest.secrets, Words{"api-token"});
  ASSERT_EQ(manifest.streams.size(), 2U);
  EXPECT_EQ(manifest.streams[0].name, "orders");
  EXPECT_EQ(manifest.streams[0].key, Words{"id"});
  EXPECT_EQ(manifest.streams[0].cursor, "updated_at");
  EXPECT_EQ(manifest.streams[1].cursor, "");
  EXPECT_EQ(manifest.state_writes, "orders-db/2");
  EXPECT_EQ(manifest.state_reads, (Words{"orders-db/1", "orders-db/2"}));
  EXPECT_EQ(manifest.parallel_streams, 4U);
  EXPECT_EQ(manifest.limits.memory_bytes, uint64_t{256} << 20);
  EXPECT_EQ(manifest.limits.cpu_seconds, 3600U);
  EXPECT_EQ(manifest.limits.idle_timeout_seconds, 60U);
  EXPECT_EQ(manifest.compliance.sensitive_data, Words{"names"});
  EXPECT_EQ(manifest.compliance.data_residency, Words{"eu"});
  EXPECT_EQ(manifest.compliance.security_controls, Words{"tls"});
  EXPECT_EQ(manifest.document["id"].GetString(), std::string("orders-db"));
  EXPECT_TRUE(manifest.config_schema["properties"].HasMember("delimiter"));
}

TEST(Manifest, WhatIsLeftOutHasDefaults) {
  const size_t end = kGoodManifest.find("network:");
  const std::string text = std::string(kGoodManifest.substr(0, end)) + "config: {type: object}\n";
  const Manifest manifest = ParseManifest(text, "m");
  EXPECT_FALSE(manifest.native_network);
  EXPECT_TRUE(manifest.state_writes.empty());
  EXPECT_EQ(manifest.parallel_streams, 1U);
  EXPECT_EQ(manifest.limits.memory_bytes, WorkerLimits().memory_bytes);
  EXPECT_EQ(manifest.limits.cpu_seconds, 0U);
  EXPECT_EQ(manifest.limits.idle_timeout_seconds, 300U);
}

TEST(Manifest, ReadsAUrlAsTheWayToAServer) {
  std::string text(kGoodManifest);
  const std::string host = "native: {host: host, port: port}";
  text.replace(text.find(host), host.size(), "native: {url: host, default_port: 5432}");
  const Manifest manifest = ParseManifest(text, "m");
  EXPECT_EQ(manifest.native_network->where(), "host");
  EXPECT_EQ(manifest.native_network->url_field, "host");
  EXPECT_EQ(manifest.native_network->default_port, 5432);
}

TEST(Manifest, OutlivesItsTextAndMoves) {
  auto text = std::make_unique<std::string>(kGoodManifest);
  Manifest first = ParseManifest(*text, "m");
  text.reset();
  const Manifest second = std::move(first);
  EXPECT_EQ(WriteJson(second.config_schema["required"]), R"(["host","port"])");
}

TEST(Manifest, TheSameAsJson) {
  const Manifest yaml = ParseManifest(kGoodManifest, "m");
  const Manifest json = ParseManifest(WritePrettyJson(yaml.document), "m.json");
  EXPECT_EQ(WriteJson(json.document), WriteJson(yaml.document));
}

TEST(Manifest, JsonFaultsHavePlacesToo) {
  const Manifest yaml = ParseManifest(kGoodManifest, "m");
  std::string json = WritePrettyJson(yaml.document);
  json.replace(json.find("\"kind\""), 6, "\"kindd\"");
  try {
    ParseManifest(json, "m.json");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "m.json: line 1, column 1: missing key 'kind'\n"
                 "m.json: line 16, column 3: kindd: unknown key 'kindd' (did you mean 'kind'?)");
  }
}

TEST(Manifest, TellsEveryFaultInTheOrderOfTheText) {
  const std::string text =
      Broken("version: 1.2.0-rc.1", "version: one\nnmae: x").replace(0, 11, "manifest: 9");
  try {
    ParseManifest(text + "licnse: 1\n", "m");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(
        error.what(),
        "m: line 1, column 1: manifest: expected 1, found 9\n"
        "m: line 3, column 1: version: expected a semantic version such as 1.0.0 or 2.1.0-rc.1, "
        "found 'one'\n"
        "m: line 4, column 1: nmae: unknown key 'nmae' (did you mean 'name'?)\n"
        "m: line 42, column 1: licnse: unknown key 'licnse' (did you mean 'license'?)");
  }
}

TEST(Manifest, TheExampleOfTheFormatIsRead) {
  const std::string page = ReadFile(MANIFEST_FORMAT_PAGE);
  const size_t start = page.find("```yaml\n") + 8;
  const Manifest manifest =
      ParseManifest(page.substr(start, page.find("```", start) - start), "the example");
  EXPECT_EQ(manifest.id, "csv");
  EXPECT_TRUE(CheckConfig(manifest, ExampleConfig(manifest)).empty());
}

TEST(Manifest, ThePlatformOfThisProgramIsAllowed) {
  const std::string text = Broken("linux-x86_64", CurrentPlatform());
  EXPECT_EQ(ParseManifest(text, "m").platforms.count(CurrentPlatform()), 1U);
}

TEST(Units, ReadWholeAmountsWithAUnit) {
  EXPECT_EQ(ParseSize("1KiB"), 1024U);
  EXPECT_EQ(ParseSize("2GiB"), uint64_t{2} << 30);
  EXPECT_EQ(ParseSeconds("90s"), 90U);
  EXPECT_EQ(ParseSeconds("2h"), 7200U);
  for (const char* text : {"", "1", "KiB", "0MiB", "-1MiB", "1MB", "1 MiB", "1.5GiB", "1MiBs",
                           "17179869184GiB", "99999999999999999999KiB"}) {
    EXPECT_FALSE(ParseSize(text)) << text;
  }
  for (const char* text : {"", "s", "1", "0s", "1d", "-1s", "18446744073709551615h"}) {
    EXPECT_FALSE(ParseSeconds(text)) << text;
  }
}

}  // namespace
}  // namespace connhost
