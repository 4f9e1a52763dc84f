// What the tests of the csv connector share: a folder of input files, and sources of small buffers.
#pragma once

#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <connhost/testing.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "plugins/csv/source.h"

extern "C" const connhost_plugin connhost_plugin_v1;

namespace connhost::csv {

class CsvFolder {
 public:
  CsvFolder() {
    std::string name = std::filesystem::temp_directory_path() / "csv_test_XXXXXX";
    path_ = mkdtemp(name.data());
  }
  CsvFolder(const CsvFolder&) = delete;
  ~CsvFolder() { std::filesystem::remove_all(path_); }

  std::string path(const std::string& name = "") const {
    return name.empty() ? path_ : path_ + "/" + name;
  }
  void Write(const std::string& name, std::string_view bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
  }
  void Append(const std::string& name, std::string_view bytes) const {
    std::ofstream(path(name), std::ios::binary | std::ios::app) << bytes;
  }
  std::string Read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  // A configuration for `name` with more members: Config("a.csv", R"(,"trim":true)").
  std::string Config(const std::string& name, const std::string& more = "") const {
    std::string text = "{\"path\":";
    sdk::AppendJsonString(text, path(name));
    return text + more + "}";
  }

 private:
  std::string path_;
};

inline std::string Gzip(std::string_view text) {
  std::string packed(compressBound(text.size()) + 64, '\0');
  z_stream state{};
  deflateInit2(&state, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  state.avail_in = static_cast<uInt>(text.size());
  state.next_out = reinterpret_cast<Bytef*>(packed.data());
  state.avail_out = static_cast<uInt>(packed.size());
  deflate(&state, Z_FINISH);
  packed.resize(state.total_out);
  deflateEnd(&state);
  return packed;
}

inline std::string Zstd(std::string_view text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return packed;
}

// A source that reads, scans and checkpoints in small steps.
template <size_t kRead, size_t kSlice, uint64_t kCheckpoint, size_t kRecord>
class SteppedSource : public CsvSource {
 public:
  SteppedSource(const sdk::Json& config, sdk::Host host)
      : CsvSource(config, host, Sizes{kRead, kSlice, kRecord, kCheckpoint}) {}
};

template <size_t kRead, size_t kSlice, uint64_t kCheckpoint = 1, size_t kRecord = size_t{1} << 20>
connhost_plugin SteppedPlugin() {
  connhost_plugin plugin = connhost_plugin_v1;
  plugin.source = &sdk::SourceTable<SteppedSource<kRead, kSlice, kCheckpoint, kRecord>>::kTable;
  return plugin;
}

inline std::string FullRead(const std::string& stream) {
  return "{\"stream\":\"" + stream + "\",\"sync\":\"full\"}";
}
inline std::string IncrementalRead(const std::string& stream, const std::string& more = "") {
  return "{\"stream\":\"" + stream + "\",\"sync\":\"incremental\"" + more + "}";
}

// Writes the text as t.csv and reads it in full.
inline sdk::ReadResult ReadText(std::string_view text, const std::string& more = "",
                                const connhost_plugin& plugin = connhost_plugin_v1) {
  const CsvFolder folder;
  folder.Write("t.csv", text);
  sdk::PluginTest source(plugin, folder.Config("t.csv", more));
  if (source.created() != CONNHOST_OK) {
    sdk::ReadResult result;
    result.status = source.created();
    result.sentence = source.host.sentence;
    return result;
  }
  return source.Read(FullRead("t"));
}

// All rows and all rejections, one string each, for comparison.
inline std::vector<std::string> Everything(const sdk::ReadResult& result) {
  std::vector<std::string> all;
  for (size_t i = 0; i < result.rows.size(); ++i) {
    all.push_back(result.positions[i] + " " + result.rows[i]);
  }
  for (const sdk::Rejected& bad : result.rejected) {
    all.push_back(bad.origin + ":" + std::to_string(bad.position) + " " + bad.code + " " +
                  bad.reason + " " + bad.raw);
  }
  return all;
}

}  // namespace connhost::csv
