// One command of the program, and what every command has at hand.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "host/cli/options.h"
#include "host/cli/terminal.h"
#include "host/lifecycle/catalogs.h"
#include "host/lifecycle/installer.h"
#include "host/run/endpoint.h"
#include "host/run/home.h"
#include "host/run/run_options.h"
#include "host/store/store.h"
#include "registry/registry.h"

namespace connhost {

// What commands share, made when first asked for. One thread.
class CommandContext {
 public:
  explicit CommandContext(Arguments arguments);

  const Arguments& arguments() const { return arguments_; }
  bool json() const { return arguments_.Has("json"); }

  const Home& home();
  Registry& registry();
  RegistryFactory registry_factory();
  const Store& store();
  Installer& installer();
  EndpointResolver resolver();
  // Downloads start connhost-fetch; --allow-http holds for them.
  Downloads& downloads();
  Catalogs catalogs();
  // All of them, read now. Says on stderr which could not be, and files what they say of deprecated
  // versions.
  OpenedCatalogs OpenCatalogs();
  // Who runs this program, and what that leaves in the audit log: `details` is JSON, the reason is
  // --reason.
  static std::string Actor();
  AuditEntry Audit(const std::string& action, const std::string& subject,
                   const std::string& details = "{}") const;
  // Of connhost-worker: beside this program, or in ../libexec/connhost.
  static std::string WorkerProgram();
  // A program of ours by its name, looked for in the same places.
  static std::string HelperProgram(const std::string& name);
  // The folders with packages that came with the program.
  static std::vector<std::filesystem::path> ShippedPackages();

  // The connection that "TENANT/CONNECTION" names, with its row. Error{kUsage} when the argument
  // has another form, Error{kConfig} when there is none, with the nearest.
  TenantConnection Connection(const std::string& label);

  // Marks runs whose process died, for a listing. A registry that cannot be written (a full disk)
  // can still be read: that is told on stderr.
  void SweepRuns();

  // Writes to stdout.
  void Print(const std::string& text) const;
  void PrintJson(const JsonValue& value) const;
  // A list: the array with --json, else the table of the same rows, or a sentence when there are
  // none.
  void PrintList(const Json& array, const TextTable& table, const std::string& when_empty) const;

 private:
  Arguments arguments_;
  std::unique_ptr<Home> home_;
  std::unique_ptr<Registry> registry_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Installer> installer_;
  std::unique_ptr<Downloads> downloads_;
};

struct Command {
  std::string name;
  std::string summary;
  std::vector<PositionalSpec> positionals;
  std::vector<OptionSpec> options;  // --help and --json are added to each
  std::vector<std::string> examples;
  int (*run)(CommandContext& context);
};

// Every command, as the help shows them: by what a person is at.
struct CommandGroup {
  std::string title;
  std::vector<Command> commands;
};
const std::vector<CommandGroup>& CommandGroups();
// The same, flat.
std::vector<Command> Commands();

// "acme/orders" as its two names; Error{kUsage} when it is not two plain names.
std::pair<std::string, std::string> SplitConnection(const std::string& label);

// Helpers for --json documents.
JsonValue JsonText(Json* document, const std::string& text);
// The text parsed as JSON, or null when it is empty.
JsonValue JsonParsed(Json* document, const std::string& text);
// A time as RFC 3339, or null for 0.
JsonValue JsonTime(Json* document, int64_t micros);

// One per file host/cli/NAME_command.cpp.
Command ApplyCommand();
Command AuditCommand();
Command CatalogCommand();
Command CheckCommand();
Command CompletionCommand();
Command ConnectionsCommand();
Command DeadLettersCommand();
Command DiscoverCommand();
Command DoctorCommand();
Command AlertsCommand();
Command GcCommand();
Command HistoryCommand();
Command InfoCommand();
Command InstallCommand();
Command KeygenCommand();
Command ListCommand();
Command LockCommand();
Command LogsCommand();
Command NewCommand();
Command OutdatedCommand();
Command PackCommand();
Command PauseCommand();
Command PinCommand();
Command PinsCommand();
Command ResumeCommand();
Command RollbackCommand();
Command RunCommand();
Command RunsCommand();
Command SchemaCommand();
Command SearchCommand();
Command SignCommand();
Command StateCommand();
Command TrustCommand();
Command UninstallCommand();
Command UnpinCommand();
Command UpgradeCommand();
Command VerifyCommand();

}  // namespace connhost
