#include "base/error.h"
#include "host/cli/command.h"

namespace connhost {
namespace {

std::string OptionWords(const Command& command) {
  std::string words = "--help --json";
  for (const OptionSpec& option : command.options) words += " --" + option.name;
  return words;
}

std::string CommandWords() {
  std::string words;
  for (const Command& command : Commands()) words += (words.empty() ? "" : " ") + command.name;
  return words;
}

std::string Bash() {
  std::string script =
      "_connhost() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} words=\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    words='" +
      CommandWords() +
      "'\n"
      "  else\n"
      "    case ${COMP_WORDS[1]} in\n";
  for (const Command& command : Commands()) {
    script += "      " + command.name + ") words='" + OptionWords(command) + "' ;;\n";
  }
  return script +
         "    esac\n"
         "    [[ $word == -* ]] || { COMPREPLY=($(compgen -f -- \"$word\")); return; }\n"
         "  fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "}\n"
         "complete -F _connhost connhost\n";
}

std::string Zsh() {
  std::string script =
      "#compdef connhost\n"
      "_connhost() {\n"
      "  local -a commands\n"
      "  commands=(\n";
  for (const Command& command : Commands()) {
    script += "    '" + command.name + ":" + command.summary + "'\n";
  }
  script +=
      "  )\n"
      "  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
      "  case $words[2] in\n";
  for (const Command& command : Commands()) {
    script += "    " + command.name + ") compadd -- " + OptionWords(command) + " ;;\n";
  }
  return script +
         "  esac\n"
         "  _files\n"
         "}\n"
         "_connhost \"$@\"\n";
}

int Completion(CommandContext& context) {
  const std::string shell = context.arguments().Positional(0);
  if (shell != "bash" && shell != "zsh") {
    throw Error(ErrorKind::kUsage, "completion: expected bash or zsh, found '" + shell + "'");
  }
  context.Print(shell == "bash" ? Bash() : Zsh());
  return 0;
}

}  // namespace

Command CompletionCommand() {
  return {"completion",
          "Print a completion script for a shell",
          {"bash|zsh"},
          {},
          {"source <(connhost completion bash)", "connhost completion zsh > ~/.zfunc/_connhost"},
          Completion};
}

}  // namespace connhost
