#include "host/cli/signals.h"

#include <signal.h>

namespace connhost {
namespace {

StopSignal* stop_signal = nullptr;  // for the handler below

void OnSignal(int) {
  stop_signal->Escalate();
}

}  // namespace

void HandleSignals(StopSignal* stop) {
  stop_signal = stop;
  struct sigaction action {};
  action.sa_handler = OnSignal;
  for (const int number : {SIGINT, SIGTERM}) ::sigaction(number, &action, nullptr);
}

}  // namespace connhost
