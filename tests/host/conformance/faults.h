// The faults that `verify` has to find, and by which check. docs/verify.md has the same table.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace connhost {

struct Fault {
  std::string what;      // the fault, in words, as the page has it
  std::string plugin;    // of tests/broken_plugins
  std::string config;    // JSON
  std::string check;     // that finds it
  std::string outcome;   // "fail", "crash", "timeout"
  std::string sentence;  // part of what it says
  std::string role = "source";
  int seconds = 20;  // the check's time; short where the plugin never ends
};

const std::vector<Fault>& Faults();

// For the names in what GoogleTest prints.
void PrintTo(const Fault& fault, std::ostream* out);

// "| FAULT | `CHECK` | OUTCOME | ... SENTENCE ... |".
std::string TableRow(const Fault& fault);

}  // namespace connhost
