// The command line of one command: what it takes, and what was given.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace connhost {

struct OptionSpec {
  std::string name;      // "stream"
  char letter = 0;       // 's', 0 none
  std::string argument;  // "NAME"; "" makes it a flag
  std::string help;
  bool repeats = false;  // may be given several times
};

// One positional argument: "CONNECTOR", "[RUN]" when it may be left out.
using PositionalSpec = std::string;

class Arguments {
 public:
  bool Has(const std::string& option) const { return options_.count(option) > 0; }
  std::string Get(const std::string& option, const std::string& fallback = "") const;
  // Every value of an option that repeats, in order.
  std::vector<std::string> GetAll(const std::string& option) const;
  // Error{kUsage} when it is not a whole number of at least `least`.
  int64_t GetInt(const std::string& option, int64_t fallback, int64_t least = 0) const;
  // "" when it was left out.
  std::string Positional(size_t index) const;
  size_t positionals() const { return positionals_.size(); }

 private:
  friend Arguments ParseArguments(const std::string&, const std::vector<PositionalSpec>&,
                                  const std::vector<OptionSpec>&, const std::vector<std::string>&);
  std::map<std::string, std::vector<std::string>> options_;
  std::vector<std::string> positionals_;
};

// Throws Error{kUsage}, naming the command and, for an unknown option, the nearest one.
Arguments ParseArguments(const std::string& command, const std::vector<PositionalSpec>& positionals,
                         const std::vector<OptionSpec>& options,
                         const std::vector<std::string>& words);

}  // namespace connhost
