// How a sanitizer behaves inside a worker: it may neither start a tracer nor a symbolizer, and a
// crash stays the signal that the host is to see. What it finds ends the process at once: a worker
// leaves by _exit, which would keep a race to itself.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

namespace {
constexpr char kOptions[] =
    "handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigill=0:handle_sigfpe=0:symbolize=0:"
    "halt_on_error=1";
}

extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return kOptions;
}

extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_options() {
  return kOptions;
}

extern "C" int __lsan_is_turned_off();
extern "C" int __lsan_is_turned_off() {
  return 1;
}

#endif
