#include "host/catalog/package_facts.h"

#include "base/error.h"
#include "base/files.h"
#include "base/time.h"
#include "host/signature/signature_text.h"
#include "host/signature/signed_statement.h"
#include "host/store/package_reader.h"

namespace connhost {
namespace {

constexpr size_t kMostManifestBytes = size_t{1} << 20;

// Keeps the manifest and lets the rest go by.
class ManifestSink : public PackageSink {
 public:
  void BeginFile(const std::string& path, bool) override { wanted_ = path == "manifest.yaml"; }
  void Write(std::string_view bytes) override {
    if (wanted_ && text_.size() <= kMostManifestBytes) text_ += bytes;
  }
  void EndFile() override { wanted_ = false; }
  const std::string& text() const { return text_; }

 private:
  bool wanted_ = false;
  std::string text_;
};

PackageName NameOf(const std::string& file) {
  if (const auto name = ParsePackageName(file)) return *name;
  throw Error(ErrorKind::kConfig,
              "'" + file + "': expected a package called ID-VERSION-PLATFORM.connpkg");
}

Signature ReadSignature(const std::filesystem::path& package) {
  const std::filesystem::path path = package.string() + std::string(kSignatureSuffix);
  if (!std::filesystem::exists(path)) {
    throw Error(ErrorKind::kPolicy, package.filename().string() +
                                        ": expected its signature beside it, found none; "
                                        "'connhost sign " +
                                        package.filename().string() + " --key SECRET' makes it");
  }
  return ParseSignature(ReadFile(path, kMostSignatureBytes), path.filename().string());
}

void CheckSaid(const PackageFacts& facts, const std::string& what) {
  const auto said = ParseStatement(facts.signature.trusted_comment, what);
  if (!said) return;
  CheckStatement(*said, {"package", facts.name.id, facts.name.version, facts.digests.sha256, 0},
                 NowMicros() / 1000000, what);
}

}  // namespace

PackageFacts ReadPackageFacts(const std::filesystem::path& path) {
  const PackageFile package = OpenPackage(path);
  PackageFacts facts;
  facts.name = NameOf(package.name);
  facts.size = package.size;
  facts.signature = ReadSignature(path);
  facts.digests = DigestFile(package.fd.get(), path.string());
  CheckSaid(facts, package.name + std::string(kSignatureSuffix));
  ManifestSink sink;
  ReadPackage(package, sink);
  facts.manifest = ParseManifest(sink.text(), package.name + ": manifest.yaml");
  if (facts.manifest.id != facts.name.id || facts.manifest.version != facts.name.version) {
    throw Error(ErrorKind::kConfig, package.name + ": its manifest says " + facts.manifest.id +
                                        " " + facts.manifest.version);
  }
  return facts;
}

}  // namespace connhost
