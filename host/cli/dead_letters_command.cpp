#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "base/error.h"
#include "base/text.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"
#include "host/pipeline/dead_letters.h"
#include "host/run/home.h"

namespace connhost {
namespace {

// The files of a connection's dead letters in order; all streams, or one.
std::vector<std::filesystem::path> Files(const std::filesystem::path& folder,
                                         const std::string& stream) {
  const auto root = stream.empty() ? folder : DeadLetterFolder(folder, stream);
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::exists(root)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".ndjson") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void PrintRow(CommandContext& context, const std::string& line) {
  const Json letter = ParseJson(line, "a dead letter");
  const auto text = [&](const char* name) {
    const JsonValue* value = FindMember(letter, name);
    return value == nullptr || !value->IsString() ? "" : std::string(TextOf(*value));
  };
  context.Print(text("time").substr(0, 19) + "Z  " + text("code") + "  " + text("origin") + ":" +
                std::to_string(letter["position"].GetUint64()) + "  " + text("reason") + "\n");
}

int List(CommandContext& context) {
  const std::string action = context.arguments().Positional(0);
  if (action != "list") {
    throw Error(ErrorKind::kUsage, "dead-letters: expected list, found '" + action + "'");
  }
  const TenantConnection row = context.Connection(context.arguments().Positional(1));
  const int64_t limit = context.arguments().GetInt("limit", 50, 1);
  int64_t shown = 0;
  int64_t total = 0;
  for (const auto& file : Files(context.home().dead_letters() / row.tenant / row.name,
                                context.arguments().Get("stream"))) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line); ++total) {
      if (context.json()) {
        context.Print(line + "\n");
      } else if (shown < limit) {
        PrintRow(context, line);
        ++shown;
      }
    }
  }
  if (context.json()) return 0;
  if (total == 0) context.Print("no dead letters\n");
  if (total > shown) {
    context.Print("and " + WithThousands(static_cast<uint64_t>(total - shown)) +
                  " more; --limit N shows more, --json all\n");
  }
  return 0;
}

}  // namespace

Command DeadLettersCommand() {
  return {
      "dead-letters",
      "List the records that could not be written, and why",
      {"list", "TENANT/CONNECTION"},
      {{"stream", 's', "NAME", "only this stream"},
       {"limit", 'n', "N", "show at most so many; 50"}},
      {"connhost dead-letters list acme/orders", "connhost dead-letters list acme/orders --json"},
      List};
}

}  // namespace connhost
