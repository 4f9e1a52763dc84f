#include <unistd.h>

#include "base/text.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

std::string Words(const std::vector<std::string>& words) {
  return words.empty() ? "none" : JoinWords(words);
}

std::string Grants(const Manifest& manifest) {
  std::vector<std::string> grants;
  for (const std::string& field : manifest.read_paths) grants.push_back("read '" + field + "'");
  for (const std::string& field : manifest.write_paths) grants.push_back("write '" + field + "'");
  for (const std::string& host : manifest.network_patterns) grants.push_back("HTTP to " + host);
  if (manifest.native_network) grants.push_back("its own network connections");
  for (const std::string& secret : manifest.secrets) grants.push_back("secret '" + secret + "'");
  if (manifest.HasCapability("console")) grants.push_back("print to standard output");
  return Words(grants);
}

void PrintConfig(CommandContext& context, const Manifest& manifest) {
  const JsonValue* properties = FindMember(manifest.config_schema, "properties");
  if (properties == nullptr) return;
  TextTable table({"  CONFIG", "TYPE", "DESCRIPTION"});
  for (const auto& member : properties->GetObject()) {
    const JsonValue* type = FindMember(member.value, "type");
    const JsonValue* about = FindMember(member.value, "description");
    table.Add({"  " + std::string(TextOf(member.name)),
               type == nullptr    ? "any"
               : type->IsString() ? std::string(TextOf(*type))
                                  : WriteJson(*type),
               about == nullptr ? "" : std::string(TextOf(*about))});
  }
  context.Print("\n" + table.Render(WantsColour(STDOUT_FILENO), TerminalWidth(STDOUT_FILENO)));
}

void PrintForPeople(CommandContext& context, const ConnectorInfo& info) {
  const Manifest& manifest = info.manifest;
  const ConnectorDefinition& definition = info.connector.definition;
  const auto line = [&](const std::string& name, const std::string& value) {
    context.Print(name + std::string(name.size() < 14 ? 14 - name.size() : 1, ' ') + value + "\n");
  };
  context.Print(manifest.id + "@" + manifest.version + "  " + manifest.name + "\n");
  if (!manifest.description.empty()) context.Print(manifest.description + "\n");
  context.Print("\n");
  line("kind", definition.kind);
  line("state", info.connector.problem.empty() ? (definition.active ? "active" : "installed")
                                               : "broken: " + info.connector.problem);
  line("publisher", manifest.publisher);
  line("license", manifest.license);
  line("signed by", definition.signer.empty() ? "nobody" : definition.signer);
  line("digest", "sha256:" + definition.digest);
  line("capabilities", Words(manifest.capabilities));
  line("is granted", Grants(manifest));
  line("limits", HumanBytes(manifest.limits.memory_bytes) + " memory, " +
                     std::to_string(manifest.limits.idle_timeout_seconds) + " s idle");
  if (!manifest.state_writes.empty()) line("state", manifest.state_writes);
  PrintConfig(context, manifest);
  context.Print("\nexample config: " + WriteJson(ExampleConfig(manifest)) + "\n");
}

int Info(CommandContext& context) {
  const ConnectorInfo info = context.installer().Info(context.arguments().Positional(0));
  if (!context.json()) {
    PrintForPeople(context, info);
    return 0;
  }
  const ConnectorDefinition& definition = info.connector.definition;
  Json document(rapidjson::kObjectType);
  SetMember(document, document, "digest", std::string_view(definition.digest));
  SetMember(document, document, "active", JsonValue(definition.active));
  SetMember(document, document, "state", std::string_view(info.connector.state));
  if (!info.connector.problem.empty()) {
    SetMember(document, document, "problem", std::string_view(info.connector.problem));
  }
  SetMember(document, document, "installed_at", JsonTime(&document, definition.installed_at));
  SetMember(document, document, "manifest", JsonParsed(&document, definition.manifest));
  context.PrintJson(document);
  return 0;
}

}  // namespace

Command InfoCommand() {
  return {"info",
          "Show a connector: what it does, what it is granted, how it is configured",
          {"NAME[@VERSION]"},
          {},
          {"connhost info csv", "connhost info csv@1.0.0 --json"},
          Info};
}

}  // namespace connhost
