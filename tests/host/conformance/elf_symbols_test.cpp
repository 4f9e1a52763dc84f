#include "host/conformance/elf_symbols.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/error.h"
#include "tests/host/conformance/broken_connector.h"

namespace connhost {
namespace {

std::string Library(const std::string& plugin) {
  return ReadFile(BrokenConnector(plugin).folder() / "lib/broken.so", size_t{1} << 30);
}

bool Has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

TEST(ElfSymbolsTest, ReadsWhatALibraryExportsAndNeeds) {
  const ElfSymbols symbols = ReadElfSymbols(Library("two_symbols"), "two");
  EXPECT_TRUE(Has(symbols.exported, "connhost_plugin_v1"));
  EXPECT_TRUE(Has(symbols.exported, "helper"));
  EXPECT_FALSE(Has(symbols.exported, "read_nothing"));
  EXPECT_TRUE(Has(symbols.needed, "libc.so.6"));
}

TEST(ElfSymbolsTest, RefusesWhatIsNoLibrary) {
  for (const std::string& bytes : {std::string(), std::string("#!/bin/sh\n"), std::string(64, '\0'),
                                   std::string("\x7f"
                                               "ELF\2\1\1",
                                               7) +
                                       std::string(57, '\xFF')}) {
    EXPECT_THROW(ReadElfSymbols(bytes, "it"), Error);
  }
}

// Whatever a byte says, it is read within the file or refused.
TEST(ElfSymbolsTest, BearsAnyDamage) {
  const std::string whole = Library("two_symbols");
  std::mt19937 random(7);
  const size_t table = whole.size() - size_t{64} * 40;  // of sections, where most offsets stand
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = whole.substr(0, i % 3 == 0 ? random() % whole.size() : whole.size());
    for (int k = 0; k < 4 && !bytes.empty(); ++k) {
      const size_t at = k == 0 ? random() % std::min<size_t>(bytes.size(), 64)
                               : std::min(table + random() % 2560, bytes.size() - 1);
      bytes[at] = static_cast<char>(random());
    }
    try {
      ReadElfSymbols(bytes, "it");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    }
  }
}

}  // namespace
}  // namespace connhost
