// Loading: what the library shows, what it wants, and what it does before anybody asked.
#include <connhost/plugin.h>

#include <algorithm>

#include "base/files.h"
#include "base/text.h"
#include "base/time.h"
#include "host/conformance/check_context.h"
#include "host/conformance/elf_symbols.h"
#include "host/conformance/process_figures.h"

namespace connhost {
namespace {

constexpr int64_t kSlowMillis = 100;
constexpr int kLooks = 3;
#if defined(__SANITIZE_THREAD__)
constexpr uint64_t kThreads = 2;  // one is the sanitizer's
#else
constexpr uint64_t kThreads = 1;
#endif

// Of every C or C++ program; any other library has to be there on each machine.
bool IsEverywhere(const std::string& library) {
  static constexpr std::string_view kCommon[] = {
      "libc.so",       "libm.so",  "libstdc++.so", "libgcc_s.so", "ld-linux",  "libdl.so",
      "libpthread.so", "librt.so", "libasan.so",   "libubsan.so", "libtsan.so"};
  return std::any_of(std::begin(kCommon), std::end(kCommon),
                     [&](std::string_view each) { return library.starts_with(each); });
}

void CheckExports(std::vector<std::string> exported) {
  // The address sanitizer adds a name of its own to each.
  std::erase_if(exported, [](const std::string& name) { return name.starts_with("__odr_asan"); });
  if (exported == std::vector<std::string>{CONNHOST_PLUGIN_SYMBOL}) return;
  std::erase(exported, CONNHOST_PLUGIN_SYMBOL);
  const size_t others = exported.size();
  if (others > 3) exported.resize(3);
  throw Broken{"expected the library to export " CONNHOST_PLUGIN_SYMBOL " alone, found " +
               std::to_string(others) + " other symbols (" + JoinWords(exported) +
               (others > 3 ? ", ..." : "") +
               "); build it with connhost_add_plugin, or with -fvisibility=hidden and a version "
               "script"};
}

struct Start {
  int64_t millis = 0;
  uint64_t threads = 0;
};

Start LookAtStart(CheckContext& context) {
  const int64_t begin = SteadyMillis();
  const auto guest = context.Start(context.Spec(Json()));
  const int64_t millis = SteadyMillis() - begin;
  return {millis, FiguresOf(guest->pid()).threads};
}

CheckResult Run(CheckContext& context) {
  // First by loading: a library that cannot be loaded is told so in the linker's own words.
  Start best = LookAtStart(context);
  for (int i = 1; i < kLooks; ++i) {
    const Start start = LookAtStart(context);
    best = {std::min(best.millis, start.millis), std::max(best.threads, start.threads)};
  }
  const std::string library = context.subject().library().string();
  ElfSymbols symbols = ReadElfSymbols(ReadFile(library, size_t{1} << 30), library);
  CheckExports(symbols.exported);
  if (best.threads > kThreads) {
    throw Broken{"expected no thread before create, found " +
                 std::to_string(best.threads - kThreads) +
                 "; start threads in create or later, and end them in destroy"};
  }
  std::erase_if(symbols.needed, IsEverywhere);
  std::string sentence = "one symbol exported, every other resolved, ready after " +
                         std::to_string(best.millis) + " ms";
  if (!symbols.needed.empty()) {
    sentence += "; " + JoinWords(symbols.needed) + " must be on each machine";
  }
  if (best.millis <= kSlowMillis) return {Outcome::kPass, sentence};
  return {Outcome::kWarn, sentence + ": expected at most " + std::to_string(kSlowMillis) +
                              " ms; each run starts with it"};
}

}  // namespace

Check LoadCheck() {
  return {"load",
          "The library exports connhost_plugin_v1 alone, finds every symbol it wants, is ready "
          "within 100 ms, and starts no thread before create",
          false,
          false,
          1,
          Run};
}

}  // namespace connhost
