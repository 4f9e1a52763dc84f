// Which installed version of a connector each connection uses.
#pragma once

#include <string>
#include <vector>

#include "registry/registry.h"

namespace connhost {

// What is installed, active and pinned of one connector, as the registry had it at construction.
// Borrows the registry. One thread.
class VersionTable {
 public:
  VersionTable(Registry& registry, const std::string& connector);

  const std::string& active() const { return active_; }  // "" when none is installed
  const std::vector<std::string>& installed() const { return installed_; }  // newest last
  // The version that a scope itself chooses, "" when it follows the wider one.
  std::string ChosenBy(const VersionScope& scope) const;

  // The table as it would be after a scope chose another version ("" gives a pin up).
  VersionTable With(const VersionScope& scope, const std::string& version) const;

  // The version that a connection with this range uses: its own pin, else its tenant's, else the
  // active one when it is in the range, else the one in the range that was active last, else the
  // newest installed one in the range. Error{kConfig} when none is in the range, or when the pin is
  // not.
  std::string Choose(const std::string& range, const ConnectionName& connection) const;

 private:
  const VersionPin* PinOf(const ConnectionName& connection) const;

  Registry* registry_;
  std::string connector_;
  std::string active_;
  std::vector<std::string> installed_;
  std::vector<VersionPin> pins_;  // of this connector
};

}  // namespace connhost
