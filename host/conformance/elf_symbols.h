// What a shared library offers and wants, read from the file without loading it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace connhost {

struct ElfSymbols {
  std::vector<std::string> exported;  // defined, visible to others; sorted
  std::vector<std::string> needed;    // libraries, as DT_NEEDED names them
};

// Reads a 64-bit little-endian ELF shared object (System V ABI, chapters 4 and 5; <elf.h>). `bytes`
// may be anything: every offset is checked. Throws Error{kConfig} that names `what`.
ElfSymbols ReadElfSymbols(std::string_view bytes, const std::string& what);

}  // namespace connhost
