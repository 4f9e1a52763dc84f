#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"
#include "host/run/guest_spec.h"

namespace connhost {
namespace {

struct Look {
  std::string what;
  std::string state;  // ok | warning | problem
  std::string detail;
};

template <class Body>
Look Examine(const std::string& what, Body&& look) {
  try {
    return look();
  } catch (const Error& error) {
    return {what, "problem", error.what()};
  }
}

Look ExamineHome(CommandContext& context) {
  const auto root = context.home().root;
  struct statvfs space {};
  if (::statvfs(root.c_str(), &space) != 0) {
    throw ErrnoError(ErrorKind::kConfig, "look at " + root.string());
  }
  const uint64_t free = uint64_t{space.f_bavail} * space.f_frsize;
  constexpr uint64_t kLow = uint64_t{1} << 30;
  return {"home", free < kLow ? "warning" : "ok",
          root.string() + ", " + HumanBytes(free) + " free"};
}

Look ExamineRegistry(CommandContext& context) {
  const size_t connectors = context.registry().ListDefinitions().size();
  const size_t connections = context.registry().ListConnections().size();
  return {"registry", "ok",
          context.home().registry().string() + ", " + std::to_string(connectors) + " connectors, " +
              std::to_string(connections) + " connections"};
}

Look ExamineStore(CommandContext& context) {
  std::vector<std::string> broken;
  for (const InstalledConnector& each : context.installer().List()) {
    if (!each.problem.empty()) broken.push_back(each.problem);
  }
  if (!broken.empty()) return {"store", "problem", JoinWords(broken)};
  return {"store", "ok", context.home().store().string()};
}

// Starts a guest with an installed connector and tells what the kernel enforced on it.
Look ExamineSandbox(CommandContext& context) {
  const std::string what = "sandbox";
  for (const ConnectorDefinition& definition : context.registry().ListDefinitions()) {
    if (!definition.active) continue;
    const PackagePaths package = context.store().Open(definition.digest);
    const Manifest manifest = ParseManifest(definition.manifest, definition.id);
    const WorkerSpec spec =
        GuestSpec(package, manifest, context.home(), CommandContext::WorkerProgram());
    const WorkerSession guest(spec, -1, [](const GuestLine&) {});
    const JsonValue& report = guest.ready()["sandbox"];
    const bool files = report["landlock"].GetInt() > 0;
    const bool calls = report["seccomp"].GetBool();
    return {what, files && calls ? "ok" : "warning", WriteJson(report)};
  }
  return {what, "warning", "no connector is installed, so none could be started to look"};
}

Look ExamineKernel() {
  utsname name{};
  ::uname(&name);
  return {"kernel", "ok", std::string(name.sysname) + " " + name.release + " " + name.machine};
}

int Doctor(CommandContext& context) {
  const std::vector<Look> findings = {
      ExamineKernel(),
      Examine("home", [&] { return ExamineHome(context); }),
      Examine("registry", [&] { return ExamineRegistry(context); }),
      Examine("store", [&] { return ExamineStore(context); }),
      Examine("worker",
              [&] {
                return Look{"worker", "ok", CommandContext::WorkerProgram()};
              }),
      Examine("sandbox", [&] { return ExamineSandbox(context); })};
  Json document(rapidjson::kArrayType);
  TextTable table({"CHECK", "STATE", "DETAIL"});
  bool problem = false;
  for (const Look& each : findings) {
    problem = problem || each.state == "problem";
    table.Add({each.what, each.state, each.detail}, each.state == "ok"        ? Colour::kNone
                                                    : each.state == "warning" ? Colour::kYellow
                                                                              : Colour::kRed);
    JsonValue item(rapidjson::kObjectType);
    SetMember(document, item, "check", std::string_view(each.what));
    SetMember(document, item, "state", std::string_view(each.state));
    SetMember(document, item, "detail", std::string_view(each.detail));
    document.PushBack(item, document.GetAllocator());
  }
  if (context.json()) {
    context.PrintJson(document);
  } else {
    context.Print(table.Render(WantsColour(STDOUT_FILENO), 0));
  }
  return problem ? 1 : 0;
}

}  // namespace

Command DoctorCommand() {
  return {"doctor",
          "See whether this machine and installation are fit to run connectors",
          {},
          {},
          {"connhost doctor"},
          Doctor};
}

}  // namespace connhost
