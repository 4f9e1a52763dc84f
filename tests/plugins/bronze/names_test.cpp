// Names from outside never leave the folder, never meet, and always fit.
#include "bronze_fixture.h"
#include "plugins/bronze/safe_name.h"

namespace connhost::bronze {
namespace {

namespace fs = std::filesystem;

class NamesTest : public BronzeTest {};

const std::vector<std::string> kHostile = {"",
                                           ".",
                                           "..",
                                           "../../etc/passwd",
                                           "/abs",
                                           "a/b",
                                           ".hidden",
                                           "a\\b",
                                           "a b",
                                           "a\nb",
                                           "%",
                                           "%25",
                                           "%2E",
                                           "a%2Fb",
                                           "orders.next",
                                           ".orders.next",
                                           ".orders.lock",
                                           "manifest-run-1.json",
                                           ".commit.json",
                                           "Zoë",
                                           "🚀",
                                           std::string("a\0b", 3),
                                           std::string(300, 'x'),
                                           std::string(301, 'x'),
                                           std::string(200, 'x'),
                                           std::string(100, '/'),
                                           std::string(300, 'x') + "/",
                                           "con",
                                           "~",
                                           "a~b",
                                           "\xff\xfe"};

TEST_F(NamesTest, AreInjectiveAndPlain) {
  std::set<std::string> safe;
  for (const std::string& name : kHostile) {
    const std::string result = SafeName(name);
    EXPECT_TRUE(safe.insert(result).second) << result;
    EXPECT_FALSE(result.empty());
    EXPECT_NE(result[0], '.');
    EXPECT_LE(result.size(), 200U);
    for (const char c : result) {
      EXPECT_TRUE(std::isalnum(static_cast<unsigned char>(c)) ||
                  std::string_view("._-%~").find(c) != std::string_view::npos)
          << result;
    }
  }
  EXPECT_EQ(SafeName("orders-2024_v1.0"), "orders-2024_v1.0");
  EXPECT_EQ(SafeName(".."), "%2E.");
  EXPECT_EQ(SafeName("a/ë"), "a%2F%C3%AB");
}

TEST_F(NamesTest, EveryStreamLandsInAFolderOfItsOwn) {
  for (const std::string& name : kHostile) {
    if (name == "\xff\xfe") continue;  // texts of the contract are UTF-8
    sdk::StreamTarget target = Target();
    target.stream = name;
    target.run_id = name;
    Landing landing(Config(), target);
    landing.WriteIds(1, 1, 1);
    landing.Commit(1, "{}", true);
    ExpectWhole(Parent() / SafeName(name));
    EXPECT_EQ(Ids(Parent() / SafeName(name)), IdsFrom(1, 1));
  }
  size_t folders = 0;
  for (const std::string& name : Names(Parent())) folders += name[0] == '.' ? 0 : 1;
  EXPECT_EQ(folders, kHostile.size() - 1);
}

TEST_F(NamesTest, TenantAndConnectionCannotEscapeEither) {
  sdk::StreamTarget target = Target();
  target.tenant = "..";
  target.connection = "../x";
  Landing landing(Config(), target);
  EXPECT_EQ(Names(root()), std::vector<std::string>{"%2E."});
  EXPECT_EQ(Names(root().parent_path()), std::vector<std::string>{"bronze"});
}

}  // namespace
}  // namespace connhost::bronze
