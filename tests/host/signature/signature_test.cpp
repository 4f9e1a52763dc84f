// Signatures: what verifies, and each way in which one does not.
#include "host/signature/signature_text.h"
#include "signature_samples.h"

namespace connhost::testing {
namespace {

class SignatureTest : public ::testing::Test {
 protected:
  void Verify(const std::string& text, std::string_view message = "message") {
    VerifySignature(ParseSignature(text, "a.minisig"), key_.public_key(), DigestMessage(message),
                    "a.minisig");
  }
  std::string Refused(const std::string& text, std::string_view message = "message") {
    return RefusalOf(ErrorKind::kPolicy, [&] { Verify(text, message); });
  }
  std::vector<std::string> Lines() {
    return {good_.substr(0, good_.find('\n')), Line(1), Line(2), Line(3)};
  }
  std::string Line(int number) {
    size_t at = 0;
    for (int i = 0; i < number; ++i) at = good_.find('\n', at) + 1;
    return good_.substr(at, good_.find('\n', at) - at);
  }
  static std::string Join(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
  }
  // The signature's 74 bytes, changed.
  std::string With(const std::function<void(unsigned char*)>& change) {
    auto lines = Lines();
    unsigned char bytes[74];
    EXPECT_TRUE(DecodeBase64(lines[1], bytes, sizeof bytes));
    change(bytes);
    lines[1] = EncodeBase64(bytes, sizeof bytes);
    return Join(lines);
  }

  SecretKey key_ = SecretKey::Generate();
  std::string good_ = SignedText(key_, "message", "a comment");
};

TEST_F(SignatureTest, AGoodOneVerifies) {
  Verify(good_);
  Verify(SignedText(key_, "", ""), "");
  const std::string windows = [&] {
    std::string text;
    for (const std::string& line : Lines()) text += line + "\r\n";
    return text;
  }();
  Verify(windows);
  Verify(good_.substr(0, good_.size() - 1));
  EXPECT_EQ(ParseSignature(good_, "").trusted_comment, "a comment");
  EXPECT_EQ(ParseSignature(good_, "").key_id, key_.public_key().id);
}

TEST_F(SignatureTest, AnyChangeIsRefused) {
  ExpectHas(Refused(good_, "massage"), "the signature is not of this file");
  ExpectHas(Refused(good_, "message "), "the signature is not of this file");
  for (const int at : {10, 40, 73}) {
    ExpectHas(Refused(With([&](unsigned char* bytes) { bytes[at] ^= 1; })),
              "the signature is not of this file");
  }
  auto lines = Lines();
  lines[2] = "trusted comment: another comment";
  ExpectHas(Refused(Join(lines)), "its trusted comment was changed");
  lines = Lines();
  lines[3] = std::string(86, 'A') + "==";
  ExpectHas(Refused(Join(lines)), "its trusted comment was changed");
  lines = Lines();
  lines[0] = "untrusted comment: nobody vouches for this line";
  Verify(Join(lines));
}

TEST_F(SignatureTest, AnotherKeyIsRefused) {
  const SecretKey other = SecretKey::Generate();
  const std::string text = SignedText(other, "message", "a comment");
  ExpectHas(Refused(text), "expected a signature of the key " + key_.public_key().id +
                               ", found one of " + other.public_key().id);
  // Under the right id, as a forger would write it.
  Signature forged = ParseSignature(text, "");
  forged.key_id = key_.public_key().id;
  ExpectHas(Refused(WriteSignature(forged)), "was not made by the key");
}

TEST_F(SignatureTest, OtherKindsAreRefused) {
  ExpectHas(Refused(With([](unsigned char* bytes) { bytes[1] = 'd'; })), "legacy kind");
  ExpectHas(Refused(With([](unsigned char* bytes) { bytes[0] = 'X'; })),
            "kind 'ED', found another");
}

TEST_F(SignatureTest, MalformedFilesAreRefused) {
  auto lines = Lines();
  ExpectHas(Refused(""), "expected 4 lines, found 0; it is cut short");
  ExpectHas(Refused(good_.substr(0, good_.size() / 2)), "it is cut short");
  ExpectHas(Refused(good_.substr(0, good_.size() - 3)), "line 4: expected base64 of 64 bytes");
  ExpectHas(Refused(good_ + "x"), "expected 4 lines, found 5; nothing may follow");
  ExpectHas(Refused(good_ + "\n"), "nothing may follow");
  ExpectHas(Refused(std::string(1 << 20, 'x')), "found 1.0 MiB; at most 16.0 KiB are read");
  ExpectHas(Refused("-----BEGIN PGP SIGNATURE-----\n\n\nx\n"), "starts with 'untrusted comment: '");
  const auto with = [&](size_t number, const std::string& line) {
    auto changed = lines;
    changed[number] = line;
    return Refused(Join(changed));
  };
  ExpectHas(with(1, lines[1].substr(1)), "line 2: expected base64 of 74 bytes");
  ExpectHas(with(1, lines[1] + " "), "line 2: expected base64 of 74 bytes");
  ExpectHas(with(1, "*" + lines[1].substr(1)), "line 2: expected base64 of 74 bytes");
  ExpectHas(with(1, lines[1].substr(0, 99)), "line 2: expected base64 of 74 bytes");
  ExpectHas(with(3, lines[3].substr(4)), "line 4: expected base64 of 64 bytes");
  ExpectHas(with(2, "comment: x"), "starts with 'trusted comment: '");
  ExpectHas(with(2, "trusted comment: \x1b[31m"), "control characters");
  ExpectHas(with(2, "trusted comment: \xff\xfe"), "not UTF-8");
  ExpectHas(with(2, "trusted comment: " + std::string(8200, 'x')), "at most 8191 are allowed");
  // Bits behind the last byte that no encoder sets.
  std::string odd = lines[1];
  odd[98] = odd[98] == 'B' ? 'C' : 'B';
  ExpectHas(with(1, odd), "line 2");
}

}  // namespace
}  // namespace connhost::testing
