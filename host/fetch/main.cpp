// The program `connhost-fetch`: reads one request from stdin, brings the file, answers on stdout.
// Nothing but connhost starts it, and it ends with it.
#include <curl/curl.h>
#include <signal.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <cerrno>
#include <exception>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "host/fetch/download.h"

namespace {

std::string ReadRequest() {
  std::string text;
  char block[4096];
  while (text.size() < (size_t{64} << 10)) {
    const ssize_t got = ::read(STDIN_FILENO, block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(block, static_cast<size_t>(got));
  }
  return text;
}

std::string Answer() {
  try {
    return connhost::WriteFetchAnswer(
        connhost::Download(connhost::ParseFetchRequest(ReadRequest())));
  } catch (const connhost::Error& error) {
    return connhost::WriteFetchError(error);
  } catch (const std::exception& error) {
    return connhost::WriteFetchError({connhost::ErrorKind::kInternal, error.what()});
  }
}

}  // namespace

int main() {
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  ::signal(SIGPIPE, SIG_IGN);
  ::curl_global_init(CURL_GLOBAL_DEFAULT);
  try {
    connhost::WriteAll(STDOUT_FILENO, Answer(), "stdout");
    return 0;
  } catch (const std::exception&) {
    return 1;  // nobody listens any more
  }
}
