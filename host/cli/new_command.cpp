#include "base/error.h"
#include "base/text.h"
#include "host/cli/command.h"
#include "host/lifecycle/new_project.h"

namespace connhost {
namespace {

constexpr const char* kPackage = "connhost-plugin-api";

// Where the kit lies when CMake would not look there by itself; "" when it would.
std::string KitHint() {
  const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  const auto built = (folder / "../plugin-api").lexically_normal();
  if (!std::filesystem::exists(built / (std::string(kPackage) + "-config.cmake"))) return "";
  return " -D" + std::string(kPackage) + "_DIR=" + built.string();
}

int New(CommandContext& context) {
  const Arguments& arguments = context.arguments();
  const ProjectSpec spec{arguments.Positional(0), arguments.Get("kind", "source"),
                         arguments.Get("lang", "c++")};
  const std::vector<std::string> files = WriteProject(spec, std::filesystem::current_path());
  const std::string configure = "cmake -B build" + KitHint();
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    JsonValue list(rapidjson::kArrayType);
    for (const std::string& file : files) {
      list.PushBack(JsonText(&document, file), document.GetAllocator());
    }
    SetMember(document, document, "files", std::move(list));
    SetMember(document, document, "configure", std::string_view(configure));
    context.PrintJson(document);
    return 0;
  }
  for (const std::string& file : files) context.Print(file + "\n");
  context.Print("\nnext:\n  cd " + spec.name + " && " + configure +
                " && cmake --build build && ctest --test-dir build\n");
  return 0;
}

}  // namespace

Command NewCommand() {
  return {"new",
          "Start a connector: a project that builds, tests and packs",
          {"NAME"},
          {{"kind", 0, "KIND", "source or destination; source by default"},
           {"lang", 0, "LANGUAGE", "c++ or c; c++ by default"}},
          {"connhost new orders", "connhost new ledger --kind destination --lang c"},
          New};
}

}  // namespace connhost
