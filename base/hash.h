// SHA-256, the digest that names packages and plugin files.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace connhost {

// Incremental; one object hashes one message.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void Update(std::string_view bytes);
  std::string FinishHex();  // 64 lowercase hex digits; call once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string Sha256Hex(std::string_view bytes);

// Of a whole file through an open descriptor, read from offset 0 with pread: the descriptor's
// position does not move. Throws Error{kTransient}.
std::string Sha256OfFd(int fd, const std::string& what);

}  // namespace connhost
