#include "host/run/connection_spec.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "manifests/yaml_reader.h"

namespace connhost {
namespace {

constexpr char kGood[] = R"(apiVersion: connhost/v1
kind: Connection
tenant: acme
name: orders
source: {connector: csv, version: ^1.0, config: {path: data/orders.csv}}
destination: {connector: bronze, config: {path: bronze}}
streams:
  - {name: orders, sync: full, write: overwrite, key: [id], cursor: updated_at}
schedule: "*/15 * * * *"
)";

ConnectionSpec Read(const std::string& text) {
  const TextDocument document = ReadYaml(text, "orders.yaml");
  return ReadConnectionSpec(document.json, "orders.yaml", &document.places);
}

std::string Refusal(const std::string& text) {
  try {
    Read(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    return error.what();
  }
  return "accepted";
}

std::string With(const std::string& from, const std::string& to) {
  std::string text = kGood;
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(ConnectionSpec, ReadsEveryField) {
  const ConnectionSpec spec = Read(kGood);
  EXPECT_EQ(spec.Label(), "acme/orders");
  EXPECT_EQ(spec.source.version, "^1.0");
  EXPECT_EQ(TextOf(spec.source.config["path"]), "data/orders.csv");
  EXPECT_EQ(spec.destination.version, "*");
  ASSERT_EQ(spec.streams.size(), 1U);
  EXPECT_EQ(spec.streams[0].write, "overwrite");
  EXPECT_EQ(spec.streams[0].key, std::vector<std::string>{"id"});
  EXPECT_EQ(spec.schedule, "*/15 * * * *");
}

TEST(ConnectionSpec, AMisspelledKeyIsNamedWithItsPlace) {
  const std::string refusal = Refusal(With("tenant: acme", "tennant: acme"));
  EXPECT_NE(refusal.find("line 3, column 1"), std::string::npos) << refusal;
  EXPECT_NE(refusal.find("did you mean 'tenant'?"), std::string::npos) << refusal;
}

TEST(ConnectionSpec, RefusesNamesThatAreNoFolders) {
  for (const char* name : {"../x", "A", "a/b", "''", "a b"}) {
    EXPECT_NE(Refusal(With("tenant: acme", std::string("tenant: ") + name)), "accepted") << name;
  }
}

TEST(ConnectionSpec, RefusesUnknownModes) {
  const std::string refusal = Refusal(With("write: overwrite", "write: overwirte"));
  EXPECT_NE(refusal.find("overwrite"), std::string::npos) << refusal;
}

TEST(ConnectionSpec, RefusesAnIncrementalOverwrite) {
  EXPECT_NE(Refusal(With("sync: full", "sync: incremental")).find("would lose the rest"),
            std::string::npos);
}

TEST(ConnectionSpec, RefusesAStreamListedTwice) {
  EXPECT_NE(Refusal(With("schedule:", "  - {name: orders}\nschedule:")).find("listed twice"),
            std::string::npos);
}

TEST(ConnectionSpec, NamesWhatIsMissing) {
  EXPECT_NE(Refusal(With("tenant: acme\n", "")).find("tenant"), std::string::npos);
  EXPECT_NE(Refusal("just text").find("orders.yaml"), std::string::npos);
}

}  // namespace
}  // namespace connhost
