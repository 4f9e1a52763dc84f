#include "host/cli/command.h"

#include <unistd.h>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/time.h"
#include "host/cli/actor.h"
#include "host/fetch/fetch_program.h"
#include "host/lifecycle/deprecations.h"
#include "host/run/guest_spec.h"

namespace connhost {
namespace {

std::filesystem::path ProgramFolder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

}  // namespace

CommandContext::CommandContext(Arguments arguments) : arguments_(std::move(arguments)) {}

const Home& CommandContext::home() {
  if (home_ == nullptr) {
    home_ = std::make_unique<Home>(Home::FromEnvironment());
    home_->Create();
  }
  return *home_;
}

Registry& CommandContext::registry() {
  if (registry_ == nullptr) registry_ = OpenSqliteRegistry(home().registry().string());
  return *registry_;
}

RegistryFactory CommandContext::registry_factory() {
  return [path = home().registry().string()] { return OpenSqliteRegistry(path); };
}

const Store& CommandContext::store() {
  if (store_ == nullptr) store_ = std::make_unique<Store>(home().store());
  return *store_;
}

Installer& CommandContext::installer() {
  if (installer_ == nullptr) {
    InstallerOptions options;
    options.shipped = ShippedPackages();
    options.actor = Actor();
    options.reason = arguments_.Get("reason");
    options.allow_unsigned = arguments_.Has("allow-unsigned");
    installer_ = std::make_unique<Installer>(store(), registry(),
                                             DescribeInGuest(home(), WorkerProgram()), options);
  }
  return *installer_;
}

std::string CommandContext::Actor() {
  return CurrentActor();
}

AuditEntry CommandContext::Audit(const std::string& action, const std::string& subject,
                                 const std::string& details) const {
  return {Actor(), action, subject, arguments_.Get("reason"), details};
}

EndpointResolver CommandContext::resolver() {
  return {registry(), store(), home(), WorkerProgram()};
}

Downloads& CommandContext::downloads() {
  if (downloads_ == nullptr) {
    // The program is looked for when there is something to bring.
    const Fetch fetch = [](const FetchRequest& request) {
      return FetchWithProgram(HelperProgram("connhost-fetch"))(request);
    };
    downloads_ =
        std::make_unique<Downloads>(home().downloads(), fetch, arguments_.Has("allow-http"));
  }
  return *downloads_;
}

Catalogs CommandContext::catalogs() {
  return {registry(), downloads()};
}

OpenedCatalogs CommandContext::OpenCatalogs() {
  OpenedCatalogs all = catalogs().OpenAll();
  for (const OpenedCatalog& catalog : all.opened) {
    if (!catalog.note.empty()) Tell("note: " + catalog.note + "\n");
  }
  for (const RefusedCatalog& catalog : all.refused) {
    Tell("warning: the catalog " + catalog.name + " cannot be read: " + catalog.error.what() +
         "\n");
  }
  for (const std::string& news : NoteDeprecations(registry(), all.opened, Audit("", ""))) {
    Tell("warning: " + news + "\n");
  }
  return all;
}

std::string CommandContext::WorkerProgram() {
  return HelperProgram("connhost-worker");
}

std::string CommandContext::HelperProgram(const std::string& name) {
  const auto folder = ProgramFolder();
  for (const char* place : {"", "../libexec/connhost"}) {
    const auto path = (folder / place / name).lexically_normal();
    if (::access(path.c_str(), X_OK) == 0) return path.string();
  }
  throw Error(ErrorKind::kInternal, name + " is missing: looked beside " +
                                        (folder / "connhost").string() +
                                        " and in ../libexec/connhost; install connhost again");
}

std::vector<std::filesystem::path> CommandContext::ShippedPackages() {
  const auto folder = ProgramFolder();
  return {(folder / "../packages").lexically_normal(),
          (folder / "../share/connhost/packages").lexically_normal()};
}

void CommandContext::PrintList(const Json& array, const TextTable& table,
                               const std::string& when_empty) const {
  if (json()) return PrintJson(array);
  if (array.Empty()) return Print(when_empty);
  Print(table.Render(WantsColour(STDOUT_FILENO), TerminalWidth(STDOUT_FILENO)));
}

TenantConnection CommandContext::Connection(const std::string& label) {
  const auto [tenant, name] = SplitConnection(label);
  if (auto found = registry().FindConnection(tenant, name)) return *found;
  std::vector<std::string> labels;
  for (const TenantConnection& each : registry().ListConnections()) {
    labels.push_back(each.tenant + "/" + each.name);
  }
  throw Error(ErrorKind::kConfig, "no connection '" + label + "'" + DidYouMean(label, labels) +
                                      "; 'connhost connections' lists those there are, 'connhost "
                                      "apply -f FILE' makes one");
}

void CommandContext::SweepRuns() {
  try {
    registry().SweepAbandoned();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kTransient) throw;
    Tell(std::string("runs that have died may be shown as running: ") + error.what() + "\n");
  }
}

void CommandContext::Print(const std::string& text) const {
  WriteAll(STDOUT_FILENO, text, "stdout");
}

void CommandContext::PrintJson(const JsonValue& value) const {
  Print(WritePrettyJson(value) + "\n");
}

std::pair<std::string, std::string> SplitConnection(const std::string& label) {
  const std::vector<std::string> parts = Split(label, '/');
  if (parts.size() != 2 || !IsPlainName(parts[0]) || !IsPlainName(parts[1])) {
    throw Error(ErrorKind::kUsage,
                "'" + label +
                    "' is no connection: expected TENANT/CONNECTION, both of lowercase "
                    "letters, digits, '-' and '_', such as acme/orders");
  }
  return {parts[0], parts[1]};
}

JsonValue JsonText(Json* document, const std::string& text) {
  return JsonValue(text.data(), static_cast<rapidjson::SizeType>(text.size()),
                   document->GetAllocator());
}

JsonValue JsonParsed(Json* document, const std::string& text) {
  if (text.empty()) return JsonValue();
  JsonValue value;
  value.CopyFrom(ParseJson(text, "a document of the registry"), document->GetAllocator());
  return value;
}

JsonValue JsonTime(Json* document, int64_t micros) {
  return micros == 0 ? JsonValue() : JsonText(document, FormatTime(micros));
}

const std::vector<CommandGroup>& CommandGroups() {
  static const std::vector<CommandGroup> groups = {
      {"connectors",
       {InstallCommand(), ListCommand(), InfoCommand(), SearchCommand(), UninstallCommand(),
        GcCommand()}},
      {"versions",
       {OutdatedCommand(), UpgradeCommand(), RollbackCommand(), PinCommand(), UnpinCommand(),
        PinsCommand(), HistoryCommand(), LockCommand()}},
      {"connections",
       {ApplyCommand(), ConnectionsCommand(), CheckCommand(), DiscoverCommand(), SchemaCommand(),
        PauseCommand(), ResumeCommand()}},
      {"runs",
       {RunCommand(), RunsCommand(), LogsCommand(), StateCommand(), DeadLettersCommand(),
        AlertsCommand()}},
      {"trust", {TrustCommand(), CatalogCommand(), AuditCommand()}},
      {"for authors",
       {NewCommand(), VerifyCommand(), PackCommand(), KeygenCommand(), SignCommand()}},
      {"this program", {DoctorCommand(), CompletionCommand()}}};
  return groups;
}

std::vector<Command> Commands() {
  std::vector<Command> all;
  for (const CommandGroup& group : CommandGroups()) {
    all.insert(all.end(), group.commands.begin(), group.commands.end());
  }
  return all;
}

}  // namespace connhost
