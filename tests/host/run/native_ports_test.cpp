#include "host/run/native_ports.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace connhost {
namespace {

using Ports = std::vector<uint16_t>;

Ports PortsOf(const NativeNetwork& native, const std::string& config) {
  Manifest manifest;
  manifest.id = "database";
  manifest.native_network = native;
  return NativePorts(manifest, ParseJson(config, "config"));
}

Ports OfUrl(const std::string& url) {
  return PortsOf({"", "", "url", 5432}, "{\"url\":" + QuoteJson(url) + "}");
}

void ExpectRefusal(const NativeNetwork& native, const std::string& config,
                   const std::string& sentence) {
  try {
    PortsOf(native, config);
    FAIL() << "accepted " << config;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_NE(std::string(error.what()).find(sentence), std::string::npos) << error.what();
  }
}

TEST(NativePorts, ReadsEveryServerOfAUrl) {
  EXPECT_EQ(OfUrl("postgresql://me@db.example.com:6432/orders?sslmode=require"), Ports{6432});
  EXPECT_EQ(OfUrl("postgresql://db.example.com/orders:1"), Ports{5432});
  EXPECT_EQ(OfUrl("postgresql://a:1,b,[::1]:2,[fe80::1]/x"), (Ports{1, 5432, 2, 5432}));
  EXPECT_EQ(OfUrl("postgresql://a:/x"), Ports{5432});
  EXPECT_EQ(OfUrl("postgresql:///x"), Ports{5432});
  EXPECT_EQ(OfUrl("mysql://name@with:signs@host:3307"), Ports{3307});
}

TEST(NativePorts, ReadsAFieldOfItsOwn) {
  const NativeNetwork native{"host", "port", "", 0};
  EXPECT_EQ(PortsOf(native, R"({"port":3306})"), Ports{3306});
  EXPECT_EQ(PortsOf(native, R"({"port":"3306"})"), Ports{3306});
  EXPECT_EQ(PortsOf({"host", "port", "", 21}, R"({"host":"a"})"), Ports{21});
  ExpectRefusal(native, R"({"host":"a"})", "connector 'database': port: it says where to connect");
  ExpectRefusal(native, R"({"port":0})", "expected a port from 1 to 65535, found '0'");
  ExpectRefusal(native, R"({"port":65536})", "found '65536'");
  ExpectRefusal(native, R"({"port":true})", "is missing");
}

TEST(NativePorts, RefusesAUrlWithoutASense) {
  const NativeNetwork native{"", "", "url", 5432};
  ExpectRefusal(native, R"({"url":"host=db port=5432"})", "found no '://'");
  ExpectRefusal(native, R"({"url":"postgresql://db:99999/x"})", "found '99999'");
  ExpectRefusal(native, R"({"url":"postgresql://db:54 32/x"})", "found '54 32'");
}

}  // namespace
}  // namespace connhost
