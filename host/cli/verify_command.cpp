#include "host/conformance/verify.h"

#include <unistd.h>

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

constexpr int64_t kUsualSeconds = 30;

// "csv/1=FILE".
void AddOldState(const std::string& given, VerifyOptions* options) {
  const size_t at = given.find('=');
  if (at == std::string::npos) {
    throw Error(
        ErrorKind::kUsage,
        "--old-state: expected FORMAT=FILE such as csv/1=state.json, found '" + given + "'");
  }
  const std::string text = ReadFile(given.substr(at + 1), size_t{1} << 20);
  options->old_states[given.substr(0, at)] = WriteJson(ParseJson(text, given.substr(at + 1)));
}

VerifyOptions OptionsOf(const Arguments& arguments) {
  VerifyOptions options;
  try {
    options.home = Home::FromEnvironment();
  } catch (const Error&) {
    // There is no installation to guard.
  }
  options.worker_program = CommandContext::WorkerProgram();
  if (arguments.Has("config")) options.config = ReadGivenConfig(arguments.Get("config"));
  if (arguments.Has("larger")) options.larger = ReadGivenConfig(arguments.Get("larger"));
  for (const std::string& given : arguments.GetAll("old-state")) AddOldState(given, &options);
  options.only = arguments.GetAll("only");
  options.seed = static_cast<uint64_t>(arguments.GetInt("seed", 1));
  options.time = std::chrono::seconds(arguments.GetInt("time", kUsualSeconds, 1));
  return options;
}

Colour ColourOf(Outcome outcome) {
  if (IsBad(outcome)) return Colour::kRed;
  if (outcome == Outcome::kWarn) return Colour::kYellow;
  return outcome == Outcome::kSkip ? Colour::kDim : Colour::kGreen;
}

std::string Padded(std::string text, size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

void PrintVerdict(const CommandContext& context, const Verdict& verdict) {
  const bool colour = WantsColour(STDOUT_FILENO);
  const Outcome outcome = verdict.result.outcome;
  context.Print(Paint(Padded(OutcomeName(outcome), 8), ColourOf(outcome), colour) +
                Padded(verdict.check, 13) + Padded(verdict.role, 12) + verdict.result.sentence +
                "\n");
}

JsonValue AsJson(Json* document, const Verdict& verdict) {
  JsonValue item(rapidjson::kObjectType);
  SetMember(*document, item, "check", std::string_view(verdict.check));
  if (!verdict.role.empty()) SetMember(*document, item, "role", std::string_view(verdict.role));
  SetMember(*document, item, "outcome", std::string_view(OutcomeName(verdict.result.outcome)));
  SetMember(*document, item, "sentence", std::string_view(verdict.result.sentence));
  SetMember(*document, item, "millis", JsonValue(verdict.millis));
  return item;
}

int Verify(CommandContext& context) {
  bool good = true;
  Json document(rapidjson::kArrayType);
  VerifyConnector(context.arguments().Positional(0), OptionsOf(context.arguments()),
                  [&](const Verdict& verdict) {
                    good = good && !IsBad(verdict.result.outcome);
                    document.PushBack(AsJson(&document, verdict), document.GetAllocator());
                    if (!context.json()) PrintVerdict(context, verdict);
                  });
  if (context.json()) context.PrintJson(document);
  return good ? 0 : 1;
}

}  // namespace

Command VerifyCommand() {
  return {"verify",
          "See whether a connector keeps the promises of the plugin contract",
          {"PACKAGE|FOLDER"},
          {{"config", 0, "FILE|JSON", "its configuration; the manifest's example by default"},
           {"larger", 0, "FILE|JSON", "the same with ten times the records, for 'memory'"},
           {"old-state", 0, "FORMAT=FILE", "a state of an earlier version; may be repeated", true},
           {"only", 0, "CHECK", "this check alone; may be repeated", true},
           {"seed", 0, "N", "of what is chosen at random; 1 by default"},
           {"time", 0, "SECONDS", "for one check; 30 by default"}},
          {"connhost verify orders-1.0.0-linux-x86_64.connpkg",
           "connhost verify build/connectors/orders --config sample.yaml --only resume"},
          Verify};
}

}  // namespace connhost
