// The public tool signs what connhost verifies, and verifies what connhost signs.
#include <cstdlib>

#include "base/files.h"
#include "host/signature/signature_text.h"
#include "signature_samples.h"

namespace connhost::testing {
namespace {

class MinisignTest : public ::testing::Test {
 protected:
  int Run(const std::string& words) {
    const std::string command =
        "cd '" + folder_.path().string() + "' && minisign " + words + " >out 2>&1";
    return WEXITSTATUS(std::system(command.c_str()));
  }
  std::string Output() { return ReadFile(folder_.path() / "out"); }
  std::string Read(const std::string& name) { return ReadFile(folder_.path() / name); }
  void Write(const std::string& name, std::string_view text) {
    WriteFileAtomic(folder_.path() / name, text, 0600);
  }
  static SecretBytes Ask(const std::string&) {
    SecretBytes password(7);
    std::copy_n("rosebud", 7, password.data());
    return password;
  }

  TemporaryDirectory folder_;
};

TEST_F(MinisignTest, WhatTheToolSignsIsVerified) {
  ASSERT_EQ(Run("-G -W -p tool.pub -s tool.key"), 0) << Output();
  const PublicKey key = ParsePublicKey(Read("tool.pub"), "tool.pub");
  for (const std::string& message :
       {std::string(), std::string("short"), std::string(200000, 'x')}) {
    Write("file", message);
    ASSERT_EQ(Run("-S -s tool.key -m file -c 'of a test' -t 'said by a test'"), 0) << Output();
    const Signature signature = ParseSignature(Read("file.minisig"), "file.minisig");
    EXPECT_EQ(signature.trusted_comment, "said by a test");
    VerifySignature(signature, key, DigestMessage(message), "file.minisig");
  }
  ASSERT_EQ(Run("-S -s tool.key -m file"), 0) << Output();
  const Signature plain = ParseSignature(Read("file.minisig"), "file.minisig");
  ExpectHas(plain.trusted_comment, "file:file");
  VerifySignature(plain, key, DigestMessage(std::string(200000, 'x')), "file.minisig");
}

TEST_F(MinisignTest, LegacySignaturesOfTheToolAreRefused) {
  ASSERT_EQ(Run("-G -W -p tool.pub -s tool.key"), 0) << Output();
  Write("file", "message");
  ASSERT_EQ(Run("-S -l -s tool.key -m file"), 0) << Output();
  ExpectHas(RefusalOf(ErrorKind::kPolicy, [&] { ParseSignature(Read("file.minisig"), "x"); }),
            "legacy kind");
}

TEST_F(MinisignTest, SecretKeysOfTheToolSignHere) {
  ASSERT_EQ(Run("-G -W -p tool.pub -s tool.key"), 0) << Output();
  const SecretKey key = SecretKey::Parse(Read("tool.key"), "tool.key", Ask);
  EXPECT_EQ(key.public_key(), ParsePublicKey(Read("tool.pub"), "tool.pub"));
  Write("file", "message");
  Write("file.minisig", SignedText(key, "message", "said by connhost"));
  EXPECT_EQ(Run("-V -p tool.pub -m file"), 0) << Output();
  ExpectHas(Output(), "said by connhost");
  Write("file", "massage");
  EXPECT_NE(Run("-V -p tool.pub -m file"), 0);
}

TEST_F(MinisignTest, KeysMadeHereServeTheTool) {
  const SecretKey key = SecretKey::Generate();
  Write("own.pub", WritePublicKey(key.public_key()));
  Write("own.key", key.Write("").text());
  Write("file", "message");
  ASSERT_EQ(Run("-S -s own.key -m file"), 0) << Output();
  EXPECT_EQ(Run("-V -p own.pub -m file"), 0) << Output();
  EXPECT_EQ(Run("-V -P " + key.public_key().Base64() + " -m file"), 0) << Output();
  VerifySignature(ParseSignature(Read("file.minisig"), "x"), key.public_key(),
                  DigestMessage("message"), "x");
}

TEST_F(MinisignTest, PasswordsServeBothWays) {
  const SecretKey key = SecretKey::Generate();
  Write("own.pub", WritePublicKey(key.public_key()));
  Write("own.key", key.Write("rosebud", {uint64_t{1} << 20, uint64_t{16} << 20}).text());
  Write("password", "rosebud\n");
  Write("file", "message");
  ASSERT_EQ(Run("-S -s own.key -m file <password"), 0) << Output();
  EXPECT_EQ(Run("-V -p own.pub -m file"), 0) << Output();
  EXPECT_EQ(SecretKey::Parse(Read("own.key"), "own.key", Ask).public_key(), key.public_key());
}

}  // namespace
}  // namespace connhost::testing
