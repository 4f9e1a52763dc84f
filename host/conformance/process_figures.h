// What the kernel counts of a guest's process.
#pragma once

#include <cstdint>

namespace connhost {

struct ProcessFigures {
  uint64_t threads = 0;
  uint64_t private_bytes = 0;  // anonymous memory that is resident
};

// Of the process `pid`, from /proc/PID/status, which any user may read. Error{kConfig} when the
// process is gone.
ProcessFigures FiguresOf(int pid);

}  // namespace connhost
