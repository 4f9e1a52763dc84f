#include "hostile.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"
#include "base/files.h"
#include "host/store/file_tree.h"
#include "host/store/store.h"

namespace connhost::testing {
namespace {

constexpr const char* kName = "evil-1.0.0-linux-x86_64.connpkg";

}  // namespace

void ExpectRefused(const HostilePackage& package) {
  SCOPED_TRACE(package.label);
  const TemporaryDirectory home;
  std::ofstream(home.path() / kName, std::ios::binary) << package.bytes;
  const Store store(home.path() / "deep" / "store", package.limits);
  try {
    const PackageFile file = OpenPackage(home.path() / kName);
    store.Add(store.LockForAdding(), file, [](const PackagePaths&) {});
    ADD_FAILURE() << "it was accepted";
  } catch (const Error& error) {
    const std::string message = error.what();
    EXPECT_EQ(error.kind(), ErrorKind::kPolicy) << message;
    EXPECT_NE(message.find(kName), std::string::npos) << message;
    EXPECT_NE(message.find(package.sentence), std::string::npos) << message;
    for (const char c : message) EXPECT_TRUE(c >= 0x20 && c <= 0x7e) << message;
  }
  EXPECT_EQ(ListNames(home.path()), (std::vector<std::string>{"deep", kName}));
  EXPECT_EQ(ListNames(home.path() / "deep"), std::vector<std::string>{"store"});
  EXPECT_EQ(ListNames(store.root()), std::vector<std::string>{".lock"});
}

}  // namespace connhost::testing
