#include "host/conformance/config_variants.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace connhost {
namespace {

constexpr char kManifest[] = R"(
manifest: 1
id: orders
version: 1.0.0
name: Orders
description: For tests.
publisher: connhost
license: Apache-2.0
taxonomy: {origin: public, source: file, provider: local, product: test, method: file}
kind: source
abi: 1
platforms: {linux-x86_64: lib/orders.so}
capabilities: [full]
runners: [local]
files: {read: [path]}
config:
  type: object
  required: [path]
  properties:
    path: {type: string, description: A path.}
    rows: {type: integer, description: A number.}
    tags: {type: array, items: {type: string}, description: A list.}
    any: {description: Anything.}
)";

std::vector<ConfigVariant> Variants() {
  const Manifest manifest = ParseManifest(kManifest, "test");
  return VariantsOf(manifest, ParseJson(R"({"path":"/x","rows":3})", "test"));
}

const ConfigVariant* Find(const std::vector<ConfigVariant>& variants, const std::string& what) {
  const auto found = std::find_if(variants.begin(), variants.end(),
                                  [&](const ConfigVariant& each) { return each.what == what; });
  return found == variants.end() ? nullptr : &*found;
}

TEST(ConfigVariantsTest, LeavesOutEachFieldThatIsThere) {
  const auto variants = Variants();
  ASSERT_NE(Find(variants, "without 'path'"), nullptr);
  EXPECT_TRUE(Find(variants, "without 'path'")->wrong);
  EXPECT_EQ(WriteJson(Find(variants, "without 'path'")->config), R"({"rows":3})");
  EXPECT_FALSE(Find(variants, "without 'rows'")->wrong);
  EXPECT_EQ(Find(variants, "without 'tags'"), nullptr);
}

TEST(ConfigVariantsTest, ChangesTypesAndSizesWhereTheSchemaSaysWhich) {
  const auto variants = Variants();
  EXPECT_TRUE(Find(variants, "with a value of another type in 'rows'")->wrong);
  EXPECT_EQ(Find(variants, "with a huge value in 'path'"), nullptr) << "a path is opened";
  EXPECT_GT(WriteJson(Find(variants, "with a huge value in 'tags'")->config).size(), 50'000U);
  EXPECT_EQ(Find(variants, "with a value of another type in 'any'"), nullptr);
}

TEST(ConfigVariantsTest, WrongOnesAreRefusedByTheSchema) {
  const Manifest manifest = ParseManifest(kManifest, "test");
  const auto variants = Variants();
  size_t wrong = 0;
  for (const ConfigVariant& variant : variants) {
    if (!variant.wrong) continue;
    ++wrong;
    EXPECT_FALSE(CheckConfig(manifest, variant.config).empty()) << variant.what;
  }
  EXPECT_EQ(wrong, 5U);
}

}  // namespace
}  // namespace connhost
