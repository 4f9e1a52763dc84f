// The documents that go with READ and RECOVER, as plugin.h lists their keys.
#pragma once

#include <string>

#include "host/run/catalog.h"

namespace connhost {

// {"stream","sync","key","cursor","since"}.
std::string ReadRequestText(const StreamTask& task);

// Who writes what, for a destination.
struct WriteTarget {
  std::string tenant;
  std::string connection;
  std::string connector;  // of the source, "csv@1.0.0"
  std::string run_id;
  bool restart = false;  // an unfinished overwrite is dropped
};

// {"tenant","connection","stream","connector","run_id","mode","key","cursor","restart"}.
std::string RecoverRequestText(const WriteTarget& target, const StreamTask& task);

}  // namespace connhost
