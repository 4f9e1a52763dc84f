#include "host/cli/password.h"

#include <fcntl.h>
#include <sodium.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <optional>

#include "base/error.h"
#include "base/files.h"

namespace connhost {
namespace {

constexpr size_t kLongest = 1023;  // as minisign has it

// The first line of what the descriptor gives, at most kLongest bytes.
SecretBytes ReadLine(int fd) {
  SecretBytes line(kLongest + 1);
  size_t size = 0;
  while (size < kLongest) {
    const ssize_t got = ::read(fd, line.data() + size, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || line.data()[size] == '\n') break;
    ++size;
  }
  SecretBytes exact(size);
  std::copy_n(line.data(), size, exact.data());
  return exact;
}

// Turns the echo of a terminal off, and on again whatever happens.
class NoEcho {
 public:
  explicit NoEcho(int fd) : fd_(fd) {
    ::tcgetattr(fd_, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(fd_, TCSAFLUSH, &silent);
  }
  NoEcho(NoEcho&&) = delete;
  ~NoEcho() { ::tcsetattr(fd_, TCSAFLUSH, &before_); }

 private:
  int fd_;
  termios before_{};
};

SecretBytes Prompt(int terminal, const std::string& question) {
  const NoEcho quiet(terminal);  // before the question: who answers at once is not shown either
  WriteAll(terminal, question, "the terminal");
  SecretBytes line = ReadLine(terminal);
  WriteAll(terminal, "\n", "the terminal");
  return line;
}

std::optional<SecretBytes> FromFile() {
  const char* path = std::getenv("CONNHOST_KEY_PASSWORD_FILE");
  if (path == nullptr || *path == '\0') return std::nullopt;
  return ReadLine(OpenFile(path, O_RDONLY).get());
}

UniqueFd Terminal(const std::string& what) {
  UniqueFd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
  if (terminal.valid()) return terminal;
  throw Error(ErrorKind::kAuth, what +
                                    ": a password is needed, and there is no terminal to ask "
                                    "for it; CONNHOST_KEY_PASSWORD_FILE names a file with it");
}

}  // namespace

SecretBytes AskKeyPassword(const std::string& what) {
  if (auto password = FromFile()) return *std::move(password);
  return Prompt(Terminal(what).get(), "Password of " + what + ": ");
}

SecretBytes AskNewKeyPassword(const std::string& what) {
  if (auto password = FromFile()) return *std::move(password);
  const UniqueFd terminal = Terminal(what);
  SecretBytes first =
      Prompt(terminal.get(), "Password for " + what + " (none: the key is not encrypted): ");
  const SecretBytes second = Prompt(terminal.get(), "The same again: ");
  if (first.size() == second.size() &&
      ::sodium_memcmp(first.data(), second.data(), first.size()) == 0) {
    return first;
  }
  throw Error(ErrorKind::kAuth, "the two passwords differ; nothing was written");
}

}  // namespace connhost
