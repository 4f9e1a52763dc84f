// Any bytes as a signature, a public key, a secret key and a statement: read, or refused with the
// kinds that are for it. What is read is written and read again the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/error.h"
#include "host/signature/secret_key.h"
#include "host/signature/signature.h"
#include "host/signature/signed_statement.h"

namespace {

template <typename Work>
void Try(Work work) {
  try {
    work();
  } catch (const connhost::Error& error) {
    const auto kind = error.kind();
    if (kind != connhost::ErrorKind::kConfig && kind != connhost::ErrorKind::kPolicy &&
        kind != connhost::ErrorKind::kAuth) {
      std::abort();
    }
  }
}

void Expect(bool right) {
  if (!right) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace connhost;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Try([&] {
    const Signature read = ParseSignature(text, "input");
    const Signature again = ParseSignature(WriteSignature(read), "again");
    Expect(again.of_message == read.of_message && again.of_comment == read.of_comment &&
           again.trusted_comment == read.trusted_comment && again.key_id == read.key_id);
  });
  Try([&] {
    const PublicKey key = ParsePublicKey(text, "input");
    Expect(ParsePublicKey(WritePublicKey(key), "again") == key);
  });
  Try([&] {
    SecretKey::Parse(text, "input", [](const std::string&) -> SecretBytes {
      throw Error(ErrorKind::kAuth, "no password");
    });
  });
  Try([&] {
    if (const auto said = ParseStatement(text, "input")) {
      Expect(ParseStatement(WriteStatement(*said), "again").has_value());
    }
  });
  return 0;
}
