#include "host/upgrade/permission_checks.h"

#include <algorithm>

#include "base/text.h"

namespace connhost {
namespace {

bool Has(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// "*.example.com" has every host below it and keeps its port, if it names one.
bool Covers(const std::string& pattern, const std::string& other) {
  return pattern == other || (pattern.starts_with("*.") && other.size() > pattern.size() - 1 &&
                              other.ends_with(pattern.substr(1)));
}

class Growth {
 public:
  void AddNew(const std::vector<std::string>& before, const std::vector<std::string>& after,
              const std::string& words) {
    for (const std::string& item : after) {
      if (!Has(before, item)) found_.push_back(words + " '" + item + "'");
    }
  }

  void AddHosts(const std::vector<std::string>& before, const std::vector<std::string>& after) {
    for (const std::string& host : after) {
      const bool covered = std::any_of(before.begin(), before.end(),
                                       [&](const std::string& each) { return Covers(each, host); });
      if (!covered) found_.push_back("wants to reach the host " + host);
    }
  }

  void Add(const std::string& sentence) { found_.push_back(sentence); }

  std::vector<std::string> Take() { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> GrownPermissions(const Manifest& before, const Manifest& after) {
  Growth growth;
  growth.AddHosts(before.network_patterns, after.network_patterns);
  if (after.native_network && !before.native_network) {
    growth.Add("wants network connections of its own");
  }
  growth.AddNew(before.read_paths, after.read_paths, "wants to read the paths in");
  growth.AddNew(before.write_paths, after.write_paths, "wants to write to the paths in");
  growth.AddNew(before.secrets, after.secrets, "wants the secret");
  if (after.HasCapability("console") && !before.HasCapability("console")) {
    growth.Add("wants to print to standard output");
  }
  if (after.limits.memory_bytes > before.limits.memory_bytes) {
    growth.Add("wants " + HumanBytes(after.limits.memory_bytes) + " of memory, had " +
               HumanBytes(before.limits.memory_bytes));
  }
  return growth.Take();
}

}  // namespace connhost
