#include "raw_package.h"

#include <archive.h>
#include <archive_entry.h>
#include <zstd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>

#include "base/hash.h"
#include "host/store/sums.h"

namespace connhost::testing {
namespace {

constexpr size_t kBlock = 512;

la_ssize_t Append(struct archive*, void* text, const void* bytes, size_t size) {
  static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

using Writer = std::unique_ptr<struct archive, int (*)(struct archive*)>;

void WriteEntry(struct archive* out, const RawEntry& raw, bool hole) {
  const std::unique_ptr<struct archive_entry, void (*)(struct archive_entry*)> entry(
      archive_entry_new(), archive_entry_free);
  archive_entry_set_pathname(entry.get(), raw.name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), raw.mode);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(raw.content.size()));
  if (hole) archive_entry_sparse_add_entry(entry.get(), 0, 512);
  archive_write_header(out, entry.get());
  archive_write_data(out, raw.content.data(), raw.content.size());
}

}  // namespace

std::string RawTarEntry(const RawEntry& entry) {
  std::string header(kBlock, '\0');
  const auto put = [&header](size_t at, const std::string& text) {
    std::memcpy(header.data() + at, text.data(), text.size());
  };
  const auto octal = [](uint64_t value, int digits) {
    char text[32];
    std::snprintf(text, sizeof text, "%0*llo", digits, static_cast<unsigned long long>(value));
    return std::string(text);
  };
  put(0, entry.name.substr(0, 100));
  put(100, octal(entry.mode, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(entry.content.size(), 11));
  put(136, octal(0, 11));
  put(148, "        ");
  header[156] = entry.type;
  put(157, entry.target.substr(0, 100));
  put(257, std::string("ustar\00000", 8));
  put(329, octal(1, 7));
  put(337, octal(3, 7));
  uint64_t sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(148, octal(sum, 6) + std::string("\0 ", 2));
  const size_t padding = (kBlock - entry.content.size() % kBlock) % kBlock;
  return header + entry.content + std::string(padding, '\0');
}

std::string RawTar(const std::vector<RawEntry>& entries) {
  std::string tar;
  for (const RawEntry& entry : entries) tar += RawTarEntry(entry);
  return tar;
}

std::string PaxTar(const std::vector<RawEntry>& entries, bool holes) {
  std::string tar;
  const Writer out(archive_write_new(), archive_write_free);
  archive_write_set_format_pax(out.get());
  archive_write_set_bytes_per_block(out.get(), 0);
  archive_write_open(out.get(), &tar, nullptr, Append, nullptr);
  for (size_t i = 0; i < entries.size(); ++i) WriteEntry(out.get(), entries[i], holes && i == 0);
  archive_write_close(out.get());
  return tar;
}

RawEntry SumsOf(const std::vector<RawEntry>& entries) {
  std::vector<Sum> sums;
  for (const RawEntry& entry : entries) {
    if (entry.type == '0' && entry.name != kSumsName) {
      sums.push_back({Sha256Hex(entry.content), entry.content.size(), entry.name});
    }
  }
  return {std::string(kSumsName), WriteSums(std::move(sums))};
}

std::string Zstd(const std::string& bytes, int window_log) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(),
                                                                   ZSTD_freeCCtx);
  if (window_log != 0) {
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, window_log);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
  }
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  ZSTD_outBuffer out{packed.data(), packed.size(), 0};
  // A first step that is not the last keeps the library from shrinking the window to the content.
  ZSTD_compressStream2(context.get(), &out, &in, ZSTD_e_continue);
  ZSTD_compressStream2(context.get(), &out, &in, ZSTD_e_end);
  packed.resize(out.pos);
  return packed;
}

std::string Gzip(const std::string& bytes) {
  std::string packed;
  const Writer out(archive_write_new(), archive_write_free);
  archive_write_add_filter_gzip(out.get());
  archive_write_set_format_raw(out.get());
  archive_write_open(out.get(), &packed, nullptr, Append, nullptr);
  WriteEntry(out.get(), {"raw", bytes}, false);
  archive_write_close(out.get());
  return packed;
}

std::string RawPackageTar(std::vector<RawEntry> entries) {
  entries.insert(entries.begin(), RawEntry{"manifest.yaml", "id: evil\n"});
  entries.push_back(SumsOf(entries));
  return RawTar(entries);
}

std::string RawPackage(std::vector<RawEntry> entries) {
  return Zstd(RawPackageTar(std::move(entries)) + kTarEnd);
}

}  // namespace connhost::testing
