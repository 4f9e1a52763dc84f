// A folder of input files for a test, and what reading it gives.
#pragma once

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include <connhost/testing.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

extern "C" const connhost_plugin connhost_plugin_v1;

namespace connhost::ndjson {

class InputFolder {
 public:
  InputFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "ndjson-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  InputFolder(const InputFolder&) = delete;
  InputFolder& operator=(const InputFolder&) = delete;
  ~InputFolder() { std::filesystem::remove_all(path_); }

  std::string path(const std::string& name = "") const { return (path_ / name).string(); }
  void Write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  void Append(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary | std::ios::app) << text;
  }
  // A config for this folder's file `name`; `more` is `,"field":value...`.
  std::string Config(const std::string& name, const std::string& more = "") const {
    std::string config = "{\"path\":";
    sdk::AppendJsonString(config, path(name));
    return config + more + "}";
  }

 private:
  std::filesystem::path path_;
};

inline std::string Gzip(const std::string& text) {
  std::string packed(text.size() + text.size() / 10 + 64, '\0');
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

inline std::string Zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 1));
  return packed;
}

inline std::string Request(const std::string& stream, const std::string& more = "",
                           const std::string& sync = "full") {
  return "{\"stream\":\"" + stream + "\",\"sync\":\"" + sync + "\"" + more + "}";
}

inline sdk::ReadResult ReadAll(const std::string& config, const std::string& request,
                               const std::string& state = "") {
  sdk::PluginTest source(connhost_plugin_v1, config);
  return source.Read(request, state);
}

// The documents of rows that have only `_document`.
inline std::vector<std::string> Documents(const sdk::ReadResult& result) {
  constexpr size_t kHead = 13;  // {"_document":
  std::vector<std::string> documents;
  for (const std::string& row : result.rows) {
    documents.push_back(row.substr(kHead, row.size() - kHead - 1));
  }
  return documents;
}

}  // namespace connhost::ndjson
