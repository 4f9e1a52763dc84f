#include "host/upgrade/permission_checks.h"

#include <gtest/gtest.h>

namespace connhost {
namespace {

using Sentences = std::vector<std::string>;

TEST(GrownPermissions, TheSameOrLessIsNoGrowth) {
  Manifest much;
  much.network_patterns = {"*.example.com", "other.org"};
  much.read_paths = {"path"};
  much.write_paths = {"out"};
  much.secrets = {"token"};
  much.capabilities = {"full", "console"};
  much.native_network = NativeNetwork{"host", "port", "", 0};
  EXPECT_EQ(GrownPermissions(much, much), Sentences());
  EXPECT_EQ(GrownPermissions(much, Manifest()), Sentences());
  EXPECT_EQ(GrownPermissions(Manifest(), much).size(), 7U);
}

TEST(GrownPermissions, ANarrowerHostIsCoveredAndAWiderOneIsNot) {
  Manifest before;
  Manifest after;
  before.network_patterns = {"*.example.com"};
  after.network_patterns = {"api.example.com"};
  EXPECT_EQ(GrownPermissions(before, after), Sentences());
  EXPECT_EQ(GrownPermissions(after, before), Sentences{"wants to reach the host *.example.com"});
  for (const char* other : {"example.com", "badexample.com", "api.example.com:8080", "*.com"}) {
    after.network_patterns = {other};
    EXPECT_EQ(GrownPermissions(before, after).size(), 1U) << other;
  }
}

TEST(GrownPermissions, MoreMemoryIsAskedFor) {
  Manifest before;
  Manifest after;
  after.limits.memory_bytes = uint64_t{1} << 30;
  EXPECT_EQ(GrownPermissions(before, after), Sentences{"wants 1.0 GiB of memory, had 512.0 MiB"});
  EXPECT_EQ(GrownPermissions(after, before), Sentences());
}

TEST(GrownPermissions, AWayToReadDataIsNoPermission) {
  Manifest after;
  after.capabilities = {"full", "incremental", "upsert"};
  EXPECT_EQ(GrownPermissions(Manifest(), after), Sentences());
}

}  // namespace
}  // namespace connhost
