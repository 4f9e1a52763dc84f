#include "plugins/faker/fault.h"

#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <stdexcept>

namespace connhost::faker {

namespace {

constexpr int kExitStatus = 7;
constexpr int kHostDescriptor = 3;

[[noreturn]] void Crash() {
  std::signal(SIGSEGV, SIG_DFL);  // past any handler that would turn it into something milder
  std::raise(SIGSEGV);
  std::abort();
}

[[noreturn]] void Hang() {
  while (true) pause();
}

[[noreturn]] void Spin() {
  volatile uint64_t turns = 0;
  while (true) turns = turns + 1;
}

// Touches every page, so that a limit on resident memory counts it too.
[[noreturn]] void Leak() {
  constexpr size_t kStep = size_t{8} << 20, kPage = 4096;
  while (true) {
    auto* memory = static_cast<volatile char*>(std::malloc(kStep));
    if (memory == nullptr) throw std::bad_alloc();
    for (size_t at = 0; at < kStep; at += kPage) memory[at] = 1;
  }
}

void WriteGarbage() {
  static constexpr char kBytes[] = "this is no frame: \xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F";
  if (write(kHostDescriptor, kBytes, sizeof kBytes) < 0) return;  // nobody listens: no fault
}

}  // namespace

void Commit(const Settings& settings, sdk::Output& output) {
  const std::string place = " on demand, behind row " + std::to_string(settings.fail_at) +
                            "; set 'fault' to none to go on";
  switch (settings.fault) {
    case Fault::kNone:
    case Fault::kStaleCursor:
      return;
    case Fault::kCrash:
      Crash();
    case Fault::kExit:
      std::_Exit(kExitStatus);
    case Fault::kHang:
      Hang();
    case Fault::kSpin:
      Spin();
    case Fault::kLeak:
      Leak();
    case Fault::kGarbage:
      return WriteGarbage();
    case Fault::kAuth:
      throw sdk::AuthFailure("the credentials were refused" + place);
    case Fault::kConfig:
      throw sdk::ConfigFailure("the configuration was refused" + place);
    case Fault::kTransient:
      throw sdk::TransientFailure("the source was out of reach" + place);
    case Fault::kThrottled:
      throw sdk::Failure(CONNHOST_THROTTLED, "the source asked to slow down" + place,
                         settings.retry_after_ms);
    case Fault::kThrow:
      throw std::runtime_error("an exception was thrown" + place);
    case Fault::kBadState:
      return output.Checkpoint("{\"next\":");
  }
}

}  // namespace connhost::faker
