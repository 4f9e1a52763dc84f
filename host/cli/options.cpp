#include "host/cli/options.h"

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>

#include "base/error.h"
#include "base/text.h"

namespace connhost {
namespace {

namespace po = boost::program_options;

constexpr char kPositional[] = "positional";

po::options_description Describe(const std::vector<OptionSpec>& options) {
  po::options_description description;
  for (const OptionSpec& option : options) {
    const std::string name =
        option.letter == 0 ? option.name : option.name + "," + std::string(1, option.letter);
    if (option.argument.empty()) {
      description.add_options()(name.c_str(), option.help.c_str());
    } else {
      description.add_options()(name.c_str(), po::value<std::string>(), option.help.c_str());
    }
  }
  description.add_options()(kPositional, po::value<std::vector<std::string>>());
  return description;
}

Error Wrong(const std::string& command, const std::string& what) {
  return Error(ErrorKind::kUsage,
               command + ": " + what + "; see 'connhost " + command + " --help'");
}

po::parsed_options Parse(const std::string& command, const std::vector<OptionSpec>& options,
                         const std::vector<std::string>& words,
                         const po::options_description& description) {
  po::positional_options_description positionals;
  positionals.add(kPositional, -1);
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  try {
    return po::command_line_parser(words)
        .options(description)
        .positional(positionals)
        .style(style)
        .run();
  } catch (const po::unknown_option& error) {
    std::vector<std::string> names;
    for (const OptionSpec& option : options) names.push_back("--" + option.name);
    const std::string given = error.get_option_name();
    throw Wrong(command, "unknown option '" + given + "'" + DidYouMean(given, names));
  } catch (const po::error& error) {
    throw Wrong(command, error.what());
  }
}

void CheckCount(const std::string& command, const std::vector<PositionalSpec>& specs,
                const std::vector<std::string>& given) {
  for (size_t i = given.size(); i < specs.size(); ++i) {
    if (specs[i].front() != '[') throw Wrong(command, "expected " + specs[i]);
  }
  if (given.size() > specs.size()) {
    throw Wrong(command, "unexpected argument '" + given[specs.size()] + "'");
  }
}

}  // namespace

std::string Arguments::Get(const std::string& option, const std::string& fallback) const {
  const auto found = options_.find(option);
  return found == options_.end() ? fallback : found->second.front();
}

std::vector<std::string> Arguments::GetAll(const std::string& option) const {
  const auto found = options_.find(option);
  return found == options_.end() ? std::vector<std::string>() : found->second;
}

int64_t Arguments::GetInt(const std::string& option, int64_t fallback, int64_t least) const {
  if (!Has(option)) return fallback;
  const std::string text = Get(option);
  int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size() || number < least) {
    throw Error(ErrorKind::kUsage, "--" + option + ": expected a whole number of at least " +
                                       std::to_string(least) + ", found '" + text + "'");
  }
  return number;
}

std::string Arguments::Positional(size_t index) const {
  return index < positionals_.size() ? positionals_[index] : "";
}

Arguments ParseArguments(const std::string& command, const std::vector<PositionalSpec>& positionals,
                         const std::vector<OptionSpec>& options,
                         const std::vector<std::string>& words) {
  const po::options_description description = Describe(options);
  const po::parsed_options parsed = Parse(command, options, words, description);
  Arguments arguments;
  for (const po::option& option : parsed.options) {
    if (option.string_key == kPositional) {
      arguments.positionals_.insert(arguments.positionals_.end(), option.value.begin(),
                                    option.value.end());
      continue;
    }
    const auto spec = std::find_if(options.begin(), options.end(), [&](const OptionSpec& each) {
      return each.name == option.string_key;
    });
    const bool repeats = spec != options.end() && spec->repeats;
    if (!repeats && arguments.Has(option.string_key)) {
      throw Wrong(command, "option '--" + option.string_key + "' is given twice");
    }
    arguments.options_[option.string_key].push_back(option.value.empty() ? ""
                                                                         : option.value.front());
  }
  CheckCount(command, positionals, arguments.positionals_);
  return arguments;
}

}  // namespace connhost
