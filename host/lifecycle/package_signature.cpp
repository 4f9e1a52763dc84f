#include "host/lifecycle/package_signature.h"

#include "base/error.h"
#include "base/time.h"
#include "host/signature/signature_text.h"
#include "host/signature/signed_statement.h"
#include "host/store/refusal.h"

namespace connhost {
namespace {

void CheckPromise(const PackageFile& package, const PackageSource& source) {
  if (source.sha256.empty() || source.sha256 == package.digest) return;
  throw RefusePackage(package.name, source.promised_by + " promises sha256 " + source.sha256 +
                                        ", it has " + package.digest);
}

// One reading for both digests: the bytes that the signature covers are those whose SHA-256 the
// store compares again while it unpacks.
void Verify(const Trust& trust, const Signature& signature, const PackageFile& package,
            const PackageName& name, const std::string& what) {
  const FileDigests digests = DigestFile(package.fd.get(), package.name);
  if (digests.sha256 != package.digest) {
    throw RefusePackage(package.name, "it changed while it was read");
  }
  VerifySignature(signature, trust.ForPackage(signature.key_id, name.id, what), digests.message,
                  what);
  const auto said = ParseStatement(signature.trusted_comment, what);
  if (!said) return;
  CheckStatement(*said, {"package", name.id, name.version, package.digest, 0},
                 NowMicros() / 1000000, what);
}

}  // namespace

std::string CheckPackageSignature(const Trust& trust, const PackageFile& package,
                                  const PackageName& name, const PackageSource& source) {
  CheckPromise(package, source);
  if (source.signature == SignatureRule::kShipped) return "";
  const std::filesystem::path path = source.path.string() + std::string(kSignatureSuffix);
  const std::string what = package.name + std::string(kSignatureSuffix);
  if (!std::filesystem::exists(path)) {
    if (source.signature == SignatureRule::kUnsignedAllowed && source.signer.empty()) return "";
    throw RefusePackage(package.name,
                        "expected a signature beside it (" + what +
                            "), found none; get it from the publisher, or say --allow-unsigned "
                            "for a file whose origin you know");
  }
  const Signature signature = ParseSignature(ReadFile(path, kMostSignatureBytes), what);
  Verify(trust, signature, package, name, what);
  if (!source.signer.empty() && signature.key_id != source.signer) {
    throw RefusePackage(package.name, source.promised_by + " says it is signed by the key " +
                                          source.signer + ", found " + signature.key_id);
  }
  return signature.key_id;
}

}  // namespace connhost
