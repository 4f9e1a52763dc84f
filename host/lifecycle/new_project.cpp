#include "host/lifecycle/new_project.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace connhost {
namespace {

constexpr std::string_view kHole = "{{name}}";

std::string Filled(std::string_view text, const std::string& name) {
  std::string filled(text);
  for (size_t at = filled.find(kHole); at != std::string::npos; at = filled.find(kHole, at)) {
    filled.replace(at, kHole.size(), name);
    at += name.size();
  }
  return filled;
}

[[noreturn]] void Refuse(const std::string& sentence) {
  throw Error(ErrorKind::kUsage, "new: " + sentence);
}

void CheckSpec(const ProjectSpec& spec) {
  if (!IsPlainName(spec.name)) {
    Refuse("'" + spec.name +
           "' is no name of a connector: expected lowercase letters, digits, '-' and '_', "
           "such as orders");
  }
  if (spec.kind != "source" && spec.kind != "destination") {
    Refuse("--kind: expected source or destination, found '" + spec.kind + "'");
  }
  if (spec.lang == "yaml") {
    Refuse("connectors without code (--lang yaml) are not there yet; c++ and c are");
  }
  if (spec.lang != "c++" && spec.lang != "c") {
    Refuse("--lang: expected c++ or c, found '" + spec.lang + "'");
  }
}

}  // namespace

std::vector<std::string> WriteProject(const ProjectSpec& spec,
                                      const std::filesystem::path& parent) {
  CheckSpec(spec);
  const std::filesystem::path folder = parent / spec.name;
  if (std::filesystem::exists(folder) &&
      !(std::filesystem::is_directory(folder) && std::filesystem::is_empty(folder))) {
    throw Error(ErrorKind::kConfig, folder.string() +
                                        " is there already and not empty; choose another name, or "
                                        "move it away");
  }
  const std::string own = spec.kind + "-" + spec.lang;
  std::vector<std::string> files;
  for (const TemplateFile& file : TemplateFiles()) {
    if (file.set != own && file.set != "common") continue;
    const std::filesystem::path path = folder / file.path;
    MakeDirectories(path.parent_path());
    WriteFileAtomic(path, Filled(file.text, spec.name));
    files.push_back(spec.name + "/" + std::string(file.path));
  }
  return files;
}

}  // namespace connhost
