// Keys and signatures for tests.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "base/error.h"
#include "host/signature/secret_key.h"
#include "host/signature/signature.h"

namespace connhost::testing {

// A good signature file of `message` by `key`.
inline std::string SignedText(const SecretKey& key, std::string_view message,
                              const std::string& comment) {
  return WriteSignature(key.Sign(DigestMessage(message), comment));
}

// The sentence that `work` is refused with, of that kind.
inline std::string RefusalOf(ErrorKind kind, const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    EXPECT_STREQ(ErrorKindName(error.kind()), ErrorKindName(kind)) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "accepted";
  return "accepted";
}

inline void ExpectHas(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << "'" << part << "' is not in: " << text;
}

}  // namespace connhost::testing
