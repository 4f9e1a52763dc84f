#include <unistd.h>

#include <sstream>

#include "base/error.h"
#include "base/files.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"
#include "host/run/run_log.h"

namespace connhost {
namespace {

std::string Readable(const std::string& line, bool colour) {
  const Json entry = ParseJson(line, "a line of the log");
  const auto text = [&](const char* name) { return std::string(TextOf(entry[name])); };
  const std::string level = text("level");
  const Colour paint = level == "error"  ? Colour::kRed
                       : level == "warn" ? Colour::kYellow
                                         : Colour::kDim;
  const std::string stream = text("stream");
  return text("time") + " " + Paint(level, paint, colour) + " " +
         (stream.empty() ? "" : stream + " ") + text("origin") + ": " + text("text") + "\n";
}

int Logs(CommandContext& context) {
  const std::string id = context.arguments().Positional(0);
  const auto run = context.registry().FindRun(id);
  if (!run) {
    throw Error(ErrorKind::kConfig, "no run '" + id + "'; 'connhost runs' lists those there are");
  }
  const auto path = RunLog::PathOf(context.home().logs(), run->id);
  if (!std::filesystem::exists(path)) return 0;  // a run that had nothing to say
  const std::string content = ReadFile(path, RunLog::kMostBytes * 2);
  if (context.json()) {
    context.Print(content);
    return 0;
  }
  const bool colour = WantsColour(STDOUT_FILENO);
  std::istringstream lines(content);
  for (std::string line; std::getline(lines, line);) context.Print(Readable(line, colour));
  return 0;
}

}  // namespace

Command LogsCommand() {
  return {"logs",
          "Show what a run and its connectors said",
          {"RUN"},
          {},
          {"connhost logs 20261121T140312", "connhost logs 20261121T140312 --json"},
          Logs};
}

}  // namespace connhost
