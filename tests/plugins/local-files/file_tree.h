// A folder of files for a test, and what reading it gives.
#pragma once

#include <stdlib.h>

#include <connhost/testing.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

extern "C" const connhost_plugin connhost_plugin_v1;

namespace connhost::local_files {

class FileTree {
 public:
  FileTree() {
    std::string name = (std::filesystem::temp_directory_path() / "files-XXXXXX").string();
    top_ = mkdtemp(name.data());
    std::filesystem::create_directory(top_ / "root");
  }
  FileTree(const FileTree&) = delete;
  FileTree& operator=(const FileTree&) = delete;
  ~FileTree() { std::filesystem::remove_all(top_); }

  // `name` below the root; "../x" lies beside it.
  std::filesystem::path path(const std::string& name = "") const { return top_ / "root" / name; }
  void Write(const std::string& name, const std::string& text = "x") const {
    std::filesystem::create_directories(path(name).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
  }
  void Link(const std::string& name, const std::string& target) const {
    std::filesystem::create_symlink(target, path(name));
  }
  std::string Config(const std::string& more = "") const {
    return "{\"path\":\"" + (top_ / "root").string() + "\"" + more + "}";
  }

 private:
  std::filesystem::path top_;
};

inline sdk::ReadResult ReadFiles(const std::string& config, const std::string& state = "",
                                 bool incremental = false, size_t stop = 0) {
  sdk::PluginTest source(connhost_plugin_v1, config);
  const std::string sync = incremental ? "incremental" : "full";
  return source.Read("{\"stream\":\"files\",\"sync\":\"" + sync + "\"}", state, stop);
}

// One member of each row.
inline std::vector<std::string> Members(const sdk::ReadResult& result, const std::string& name) {
  std::vector<std::string> values;
  for (const std::string& row : result.rows) {
    const sdk::Json json = sdk::Json::Parse(row, "row");
    const sdk::Json* value = json.Find(name);
    values.push_back(value->is_null() ? "null" : value->text());
  }
  return values;
}

}  // namespace connhost::local_files
