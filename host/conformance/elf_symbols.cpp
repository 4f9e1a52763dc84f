#include "host/conformance/elf_symbols.h"

#include <elf.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"

namespace connhost {
namespace {

class Reader {
 public:
  Reader(std::string_view bytes, const std::string& what) : bytes_(bytes), what_(what) {}

  [[noreturn]] void Refuse(const std::string& problem) const {
    throw Error(ErrorKind::kConfig,
                what_ + ": expected a 64-bit shared library of this platform, found " + problem);
  }

  template <class Struct>
  Struct At(uint64_t offset) const {
    if (offset > bytes_.size() || bytes_.size() - offset < sizeof(Struct)) {
      Refuse("a table beyond the end of the file");
    }
    Struct value;
    std::memcpy(&value, bytes_.data() + offset, sizeof value);
    return value;
  }

  std::string_view Part(const Elf64_Shdr& section) const {
    if (section.sh_offset > bytes_.size() || bytes_.size() - section.sh_offset < section.sh_size) {
      Refuse("a section beyond the end of the file");
    }
    return bytes_.substr(section.sh_offset, section.sh_size);
  }

  std::string Name(std::string_view strings, uint64_t at) const {
    if (at >= strings.size()) Refuse("a name beyond the end of its table");
    const std::string_view rest = strings.substr(at);
    return std::string(rest.substr(0, rest.find('\0')));
  }

 private:
  std::string_view bytes_;
  std::string what_;
};

std::vector<Elf64_Shdr> SectionsOf(const Reader& file) {
  const auto head = file.At<Elf64_Ehdr>(0);
  const bool elf = std::memcmp(head.e_ident, ELFMAG, SELFMAG) == 0 &&
                   head.e_ident[EI_CLASS] == ELFCLASS64 && head.e_ident[EI_DATA] == ELFDATA2LSB;
  if (!elf || head.e_type != ET_DYN) file.Refuse("another kind of file");
  if (head.e_shentsize != sizeof(Elf64_Shdr)) file.Refuse("no table of sections");
  std::vector<Elf64_Shdr> sections;
  for (uint64_t i = 0; i < head.e_shnum; ++i) {
    sections.push_back(file.At<Elf64_Shdr>(head.e_shoff + i * sizeof(Elf64_Shdr)));
  }
  return sections;
}

bool IsOffered(const Elf64_Sym& symbol) {
  const unsigned visibility = ELF64_ST_VISIBILITY(symbol.st_other);
  return symbol.st_shndx != SHN_UNDEF && ELF64_ST_BIND(symbol.st_info) != STB_LOCAL &&
         (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

}  // namespace

ElfSymbols ReadElfSymbols(std::string_view bytes, const std::string& what) {
  const Reader file(bytes, what);
  const std::vector<Elf64_Shdr> sections = SectionsOf(file);
  ElfSymbols symbols;
  for (const Elf64_Shdr& section : sections) {
    if (section.sh_type != SHT_DYNSYM && section.sh_type != SHT_DYNAMIC) continue;
    if (section.sh_link >= sections.size()) file.Refuse("a table without its names");
    const std::string_view strings = file.Part(sections[section.sh_link]);
    const uint64_t size = file.Part(section).size();
    if (section.sh_type == SHT_DYNSYM) {
      for (uint64_t at = sizeof(Elf64_Sym); at + sizeof(Elf64_Sym) <= size;
           at += sizeof(Elf64_Sym)) {
        const auto symbol = file.At<Elf64_Sym>(section.sh_offset + at);
        if (IsOffered(symbol)) symbols.exported.push_back(file.Name(strings, symbol.st_name));
      }
    } else {
      for (uint64_t at = 0; at + sizeof(Elf64_Dyn) <= size; at += sizeof(Elf64_Dyn)) {
        const auto entry = file.At<Elf64_Dyn>(section.sh_offset + at);
        if (entry.d_tag == DT_NULL) break;
        if (entry.d_tag == DT_NEEDED)
          symbols.needed.push_back(file.Name(strings, entry.d_un.d_val));
      }
    }
  }
  std::sort(symbols.exported.begin(), symbols.exported.end());
  return symbols;
}

}  // namespace connhost
