#include "sample_package.h"

#include <random>

#include "base/files.h"
#include "host/store/package_writer.h"

namespace connhost::testing {

Files SampleFiles(int seed, size_t library_bytes) {
  return {{"manifest.yaml", "id: sample\nseed: " + std::to_string(seed) + "\n"},
          {"lib/sample.so", Noise(library_bytes, static_cast<unsigned>(seed))},
          {"README.md", "# Sample\n"},
          {"data/empty", ""},
          {"data/deep/er/table.csv", "a,b\n1,2\n"}};
}

void WriteFolder(const std::filesystem::path& folder, const Files& files) {
  for (const auto& [path, content] : files) {
    MakeDirectories((folder / path).parent_path());
    WriteFileAtomic(folder / path, content, path.starts_with("lib/") ? 0755 : 0644);
  }
}

std::filesystem::path WriteSamplePackage(const std::filesystem::path& output,
                                         const PackageName& name, const Files& files) {
  const TemporaryDirectory folder;
  WriteFolder(folder.path(), files);
  return WritePackage(folder.path(), name, output).path;
}

std::string Noise(size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>(random() & 0xff);
  return bytes;
}

}  // namespace connhost::testing
