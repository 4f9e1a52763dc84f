// A connector's project to begin with, from the templates in plugin-api/templates.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace connhost {

// A file of a template; its text may hold {{name}}, the connector's id.
struct TemplateFile {
  std::string_view set;   // "common", "source-c++", ...
  std::string_view path;  // in the project
  std::string_view text;
};

// Those that were built in.
const std::vector<TemplateFile>& TemplateFiles();

struct ProjectSpec {
  std::string name;  // the connector's id, and the folder's name
  std::string kind;  // "source", "destination"
  std::string lang;  // "c++", "c"
};

// Writes `parent`/NAME and returns the paths of its files, relative to `parent`. Throws
// Error{kUsage} when the spec asks for what there is not, Error{kConfig} when the folder is there
// and not empty.
std::vector<std::string> WriteProject(const ProjectSpec& spec, const std::filesystem::path& parent);

}  // namespace connhost
