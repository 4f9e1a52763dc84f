// Keys: made, written, read back, and refused when they are not what they should be.
#include <sodium.h>

#include "host/signature/signature_text.h"
#include "signature_samples.h"

namespace connhost::testing {
namespace {

constexpr PasswordCost kCheap{32768, 16 << 20};

AskPassword Never() {
  return [](const std::string&) -> SecretBytes {
    throw Error(ErrorKind::kInternal, "asked for a password");
  };
}

AskPassword Password(const std::string& password) {
  return [password](const std::string&) {
    SecretBytes bytes(password.size());
    std::copy(password.begin(), password.end(), bytes.data());
    return bytes;
  };
}

TEST(SecretKeyTest, APlainFileIsReadBack) {
  const SecretKey key = SecretKey::Generate();
  const std::string text(key.Write("").text());
  ExpectHas(text, "untrusted comment: minisign secret key " + key.public_key().id);
  const SecretKey read = SecretKey::Parse(text, "key", Never());
  EXPECT_EQ(read.public_key(), key.public_key());
  EXPECT_NE(SecretKey::Generate().public_key(), key.public_key());
}

TEST(SecretKeyTest, AnEncryptedFileNeedsItsPassword) {
  const SecretKey key = SecretKey::Generate();
  const std::string text(key.Write("rosebud", kCheap).text());
  ExpectHas(text, "minisign encrypted secret key");
  EXPECT_EQ(SecretKey::Parse(text, "key", Password("rosebud")).public_key(), key.public_key());
  ExpectHas(
      RefusalOf(ErrorKind::kAuth, [&] { SecretKey::Parse(text, "key", Password("Rosebud")); }),
      "key: the password is wrong");
  EXPECT_NE(std::string(key.Write("rosebud", kCheap).text()), text) << "the salt is fresh";
}

// The file's 158 bytes, changed by `damage`.
std::string Damaged(const std::string& text, const std::function<void(unsigned char*)>& damage) {
  const size_t feed = text.find('\n');
  unsigned char bytes[158];
  EXPECT_TRUE(DecodeBase64(text.substr(feed + 1, 212), bytes, sizeof bytes));
  damage(bytes);
  return text.substr(0, feed + 1) + EncodeBase64(bytes, sizeof bytes) + "\n";
}

TEST(SecretKeyTest, AChangedFileIsRefused) {
  const std::string text(SecretKey::Generate().Write("").text());
  const auto refused = [&](const std::function<void(unsigned char*)>& damage) {
    return RefusalOf(ErrorKind::kConfig,
                     [&] { SecretKey::Parse(Damaged(text, damage), "key", Never()); });
  };
  ExpectHas(refused([](unsigned char* bytes) { bytes[70] ^= 1; }), "its checksum does not fit");
  ExpectHas(refused([](unsigned char* bytes) { bytes[0] = 'X'; }), "another kind of key");
  ExpectHas(refused([](unsigned char* bytes) { bytes[2] = 'X'; }), "another way of encrypting");
  ExpectHas(refused([](unsigned char* bytes) { bytes[4] = 'X'; }), "another checksum");
  ExpectHas(refused([](unsigned char* bytes) {
              bytes[2] = 'S';
              bytes[3] = 'c';
              for (int i = 38; i < 54; ++i) bytes[i] = 0x7f;
            }),
            "more than 4 GiB");
}

// Signing under a changed public half would give the secret half away.
TEST(SecretKeyTest, HalvesThatDoNotBelongTogetherAreRefused) {
  const std::string one(SecretKey::Generate().Write("").text());
  const PublicKey other = SecretKey::Generate().public_key();
  const std::string swapped = Damaged(one, [&](unsigned char* bytes) {
    std::copy(other.point.begin(), other.point.end(), bytes + 94);
    unsigned char sum[32];
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, 32);
    crypto_generichash_update(&state, bytes, 2);
    crypto_generichash_update(&state, bytes + 54, 72);
    crypto_generichash_final(&state, sum, 32);
    std::copy(sum, sum + 32, bytes + 126);
  });
  ExpectHas(RefusalOf(ErrorKind::kConfig, [&] { SecretKey::Parse(swapped, "key", Never()); }),
            "two halves do not belong together");
}

TEST(PublicKeyTest, BothFormsAreReadBack) {
  const PublicKey key = SecretKey::Generate().public_key();
  EXPECT_EQ(ParsePublicKey(key.Base64(), "key"), key);
  EXPECT_EQ(ParsePublicKey(WritePublicKey(key), "key"), key);
  EXPECT_EQ(key.Base64().size(), 56U);
  EXPECT_TRUE(IsKeyId(key.id));
  EXPECT_EQ(ParsePublicKey("untrusted comment: x\r\n" + key.Base64() + "\r\n", "key"), key);
}

TEST(PublicKeyTest, WeakKeysAreRefused) {
  const auto refused = [](const std::string& point) {
    PublicKey key{"0123456789ABCDEF", {}};
    for (size_t i = 0; i < 32; ++i) {
      key.point[i] = static_cast<unsigned char>(std::stoi(point.substr(2 * i, 2), nullptr, 16));
    }
    return RefusalOf(ErrorKind::kPolicy, [&] { ParsePublicKey(key.Base64(), "weak.pub"); });
  };
  ExpectHas(refused(std::string(64, '0')), "weak.pub: the key 0123456789ABCDEF is all zeros");
  const std::string weak = "is weak: no point";
  ExpectHas(refused("01" + std::string(62, '0')), weak);         // order 1
  ExpectHas(refused("ec" + std::string(60, 'f') + "7f"), weak);  // order 2
  ExpectHas(refused(std::string(62, '0') + "80"), weak);         // order 4
  ExpectHas(refused("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            weak);  // order 8
  ExpectHas(refused("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), weak);
  ExpectHas(refused("ee" + std::string(60, 'f') + "7f"), weak);  // not canonical
  ExpectHas(refused("02" + std::string(62, '0')), weak);         // no point at all
}

TEST(PublicKeyTest, WhatIsNoKeyIsRefused) {
  const std::string good = SecretKey::Generate().public_key().Base64();
  const auto refused = [](const std::string& text) {
    return RefusalOf(ErrorKind::kConfig, [&] { ParsePublicKey(text, "x.pub"); });
  };
  ExpectHas(refused(""), "expected 1 lines, found 0");
  ExpectHas(refused(good + "\nmore\n"), "nothing may follow");
  ExpectHas(refused(good.substr(0, 52)), "expected a minisign public key");
  ExpectHas(refused(good + "AAAA"), "expected a minisign public key");
  ExpectHas(refused("ssh-ed25519 " + good), "expected a minisign public key");
  ExpectHas(refused("untrusted comment: x\n"), "expected 2 lines, found 1; it is cut short");
  ExpectHas(refused("untrusted comment: " + std::string(2000, 'x') + "\n" + good), "at most 1023");
  ExpectHas(refused("untrusted comment: \x1b[2J\n" + good), "control characters");
  ExpectHas(refused(std::string(20000, 'A')), "at most 16.0 KiB");
}

}  // namespace
}  // namespace connhost::testing
