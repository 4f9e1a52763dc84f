// How an offer becomes a file of this machine.
#include "base/error.h"
#include "base/files.h"
#include "host/lifecycle/package_finder.h"
#include "host/signature/signature.h"
#include "host/signature/signature_text.h"
#include "host/signature/signed_statement.h"
#include "host/store/package_limits.h"
#include "host/store/package_name.h"

namespace connhost {
namespace {

Location SignatureOf(const Location& package) {
  return Location::Parse(package.text() + std::string(kSignatureSuffix));
}

// Without a network, the signature that was brought earlier serves.
void BringSignature(const Location& package, const std::filesystem::path& file,
                    const Downloads& downloads) {
  const std::filesystem::path path = file.string() + std::string(kSignatureSuffix);
  try {
    WriteFileAtomic(path, downloads.BringText(SignatureOf(package), kMostSignatureBytes));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kTransient || !std::filesystem::exists(path)) throw;
  }
}

}  // namespace

PackageSource ShippedSource(const PackageOffer& offer) {
  PackageSource source;
  source.path = offer.shipped;
  source.origin = "shipped";
  source.signature = SignatureRule::kShipped;
  return source;
}

PackageSource BringOffer(const PackageOffer& offer, Downloads& downloads) {
  if (offer.catalog == nullptr) return ShippedSource(offer);
  PackageSource source;
  source.origin = "catalog " + offer.catalog->row.name;
  source.sha256 = offer.file->sha256;
  source.signer = offer.entry->signer;
  source.promised_by = offer.From();
  const Location location = Location::Parse(offer.catalog->row.location) / offer.file->file;
  if (!location.remote()) {
    source.path = location.path();
    return source;
  }
  source.path =
      downloads.Bring(location, offer.file->sha256, offer.file->size, PackageLimits().most_bytes);
  BringSignature(location, source.path, downloads);
  return source;
}

PackageSource BringFromAddress(const Location& address, Downloads& downloads) {
  const std::string name = std::filesystem::path(address.text()).filename().string();
  PackageSource source;
  source.origin = address.text();
  if (!ParsePackageName(name)) {
    throw Error(ErrorKind::kConfig, address.text() +
                                        ": expected an address that ends with a package's name, "
                                        "ID-VERSION-PLATFORM.connpkg");
  }
  if (!address.remote()) {
    source.path = address.path();
    return source;
  }
  const std::string text = downloads.BringText(SignatureOf(address), kMostSignatureBytes);
  const Signature signature = ParseSignature(text, name + std::string(kSignatureSuffix));
  const auto said = ParseStatement(signature.trusted_comment, name);
  const uint64_t most = PackageLimits().most_bytes;
  if (said) {
    // Not yet proved, but what comes must match it in the end anyway: so it can be resumed.
    source.path = downloads.Bring(address, said->sha256, 0, most);
  } else {
    source.keep = std::make_shared<TemporaryDirectory>();
    source.path = source.keep->path() / name;
    downloads.BringInto(address, source.path, most);
  }
  WriteFileAtomic(source.path.string() + std::string(kSignatureSuffix), text);
  return source;
}

}  // namespace connhost
