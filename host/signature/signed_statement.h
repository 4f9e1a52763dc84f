// What a trusted comment of connhost says of the signed file.
// Format: docs/formats/signature.md, "The trusted comment".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace connhost {

// "connhost KIND NAME VERSION sha256:HEX [expires:UNIX]"
struct SignedStatement {
  std::string kind;     // package, index, successor or file
  std::string name;     // connector id, catalog, the old key's id, file name
  std::string version;  // version, serial, the new key's id, "-"
  std::string sha256;   // of the signed file
  int64_t expires = 0;  // seconds since 1970; 0 never
};

std::string WriteStatement(const SignedStatement& statement);

// nullopt for any comment that does not start with "connhost "; Error{kPolicy} for one that does
// and breaks the form. `what` names the signature.
std::optional<SignedStatement> ParseStatement(std::string_view comment, const std::string& what);

// Error{kPolicy} unless `found` says of kind, name, version and digest what `expected` does and has
// not expired at `now` (seconds since 1970). An empty version expected is any.
void CheckStatement(const SignedStatement& found, const SignedStatement& expected, int64_t now,
                    const std::string& what);

}  // namespace connhost
