// A time by which something has to be over, as a descriptor that sessions watch.
#pragma once

#include <chrono>

#include "base/files.h"

namespace connhost {

class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds from_now);

  // Becomes readable when the time has come, and stays so.
  int fd() const { return timer_.get(); }
  bool reached() const;

 private:
  UniqueFd timer_;
};

}  // namespace connhost
