// The program `connhost`: finds the command, runs it, and turns every failure into a sentence on
// stderr and an exit code (docs/operators.md, "Exit codes").
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <exception>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

constexpr char kVersion[] = CONNHOST_VERSION;

std::string Pad(const std::string& text, size_t width) {
  return text + std::string(text.size() < width ? width - text.size() : 1, ' ');
}

std::string Overview() {
  std::string text = "connhost " + std::string(kVersion) +
                     ": installs data connectors, runs them for tenants, lands their records\n\n"
                     "usage: connhost COMMAND [ARGUMENTS]\n";
  for (const CommandGroup& group : CommandGroups()) {
    text += "\n" + group.title + ":\n";
    for (const Command& command : group.commands) {
      text += "  " + Pad(command.name, 14) + command.summary + "\n";
    }
  }
  return text +
         "\nEvery command takes --help, and --json where it prints.\n"
         "Data are kept in $CONNHOST_HOME, else in ~/.local/share/connhost.\n";
}

std::vector<OptionSpec> AllOptions(const Command& command) {
  std::vector<OptionSpec> options = command.options;
  options.push_back({"json", 0, "", "print JSON to standard output"});
  options.push_back({"help", 'h', "", "show this"});
  return options;
}

std::string HelpOf(const Command& command) {
  std::string text = command.summary + "\n\nusage: connhost " + command.name;
  for (const PositionalSpec& positional : command.positionals) text += " " + positional;
  text += " [OPTIONS]\n\noptions:\n";
  for (const OptionSpec& option : AllOptions(command)) {
    std::string name = option.letter == 0 ? "      " : std::string("  -") + option.letter + ", ";
    name += "--" + option.name + (option.argument.empty() ? "" : " " + option.argument);
    text += Pad(name, 26) + option.help + "\n";
  }
  text += "\nexamples:\n";
  for (const std::string& example : command.examples) text += "  " + example + "\n";
  return text;
}

Command FindCommand(const std::string& name) {
  std::vector<std::string> names;
  for (const Command& command : Commands()) {
    if (command.name == name) return command;
    names.push_back(command.name);
  }
  throw Error(ErrorKind::kUsage, "unknown command '" + name + "'" + DidYouMean(name, names) +
                                     "; 'connhost --help' lists the commands");
}

int Execute(const std::vector<std::string>& words) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    WriteAll(STDOUT_FILENO, Overview(), "stdout");
    return words.empty() ? ExitCode(ErrorKind::kUsage) : 0;
  }
  if (words[0] == "--version" || words[0] == "version") {
    WriteAll(STDOUT_FILENO, "connhost " + std::string(kVersion) + "\n", "stdout");
    return 0;
  }
  const Command command = FindCommand(words[0]);
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  const auto asks_for_help = [](const std::string& word) {
    return word == "--help" || word == "-h";
  };
  if (std::any_of(rest.begin(), rest.end(), asks_for_help)) {
    WriteAll(STDOUT_FILENO, HelpOf(command), "stdout");
    return 0;
  }
  CommandContext context(
      ParseArguments(command.name, command.positionals, AllOptions(command), rest));
  return command.run(context);
}

void Complain(const std::string& sentence) {
  const std::string line =
      Paint("connhost:", Colour::kRed, WantsColour(STDERR_FILENO)) + " " + sentence + "\n";
  [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace
}  // namespace connhost

int main(int argc, char** argv) {
  ::signal(SIGPIPE, SIG_IGN);
  try {
    return connhost::Execute({argv + 1, argv + argc});
  } catch (const connhost::Error& error) {
    connhost::Complain(error.what());
    return connhost::ExitCode(error.kind());
  } catch (const std::exception& error) {
    connhost::Complain(std::string("internal fault: ") + error.what());
    return 1;
  }
}
