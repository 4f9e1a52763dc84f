#include "host_fixture.h"

#include "host/lifecycle/pack.h"
#include "host/lifecycle/package_library.h"
#include "host/store/file_tree.h"
#include "sample_package.h"

namespace connhost::testing {

std::string ManifestText(const std::string& id, const std::string& version,
                         const std::string& more) {
  return "manifest: 1\nid: " + id + "\nversion: " + version +
         "\nname: A test\ndescription: For tests.\npublisher: connhost\nlicense: Apache-2.0\n"
         "taxonomy: {origin: public, source: file, provider: local, product: test, method: file}\n"
         "kind: source\nabi: 1\nplatforms: {" +
         CurrentPlatform() + ": lib/" + id +
         ".so}\ncapabilities: [full]\nrunners: [local]\nconfig: {type: object, properties: {}}\n" +
         more;
}

HostFixture::HostFixture()
    : registry_(OpenSqliteRegistry(RegistryPath().string())),
      installer_(NewInstaller(*registry_)) {}

Installer HostFixture::NewInstaller(Registry& registry) {
  const Describe describe = [this](const PackagePaths& content, const Manifest& manifest) {
    ++described_;
    EXPECT_TRUE(std::filesystem::exists(FindLibrary(content, manifest).path));
    Description said{manifest.id, manifest.version, manifest.abi, manifest.source,
                     manifest.destination};
    lie_(said);
    return said;
  };
  return Installer(store_, registry, describe, {{shipped_}, CurrentPlatform(), "tester", "", true});
}

std::filesystem::path HostFixture::Ship(const std::string& id, const std::string& version,
                                        const std::string& content) {
  const TemporaryDirectory folder;
  WriteFolder(folder.path(), {{"manifest.yaml", ManifestText(id, version)},
                              {"lib/" + id + ".so", content + id + version}});
  return PackConnector(folder.path(), shipped_).path;
}

std::string HostFixture::Refusal(ErrorKind kind, const std::function<void()>& work) {
  const auto names = ListNames(store_.root());
  const size_t rows = registry_->ListDefinitions().size();
  std::string message = "accepted";
  try {
    work();
  } catch (const Error& error) {
    message = error.what();
    EXPECT_EQ(ErrorKindName(error.kind()), std::string(ErrorKindName(kind))) << message;
  }
  EXPECT_EQ(registry_->ListDefinitions().size(), rows);
  auto now = ListNames(store_.root());
  std::erase(now, ".lock");
  auto before = names;
  std::erase(before, ".lock");
  EXPECT_EQ(now, before) << message;
  return message;
}

}  // namespace connhost::testing
