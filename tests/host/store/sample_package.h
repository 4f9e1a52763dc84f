// Honest folders and packages for tests.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "host/store/package_name.h"

namespace connhost::testing {

// path -> content; a file under lib/ is made executable.
using Files = std::map<std::string, std::string>;

// A small connector: manifest, library of `library_bytes`, README and nested data. The content
// differs from one `seed` to the next.
Files SampleFiles(int seed = 0, size_t library_bytes = 2000);

void WriteFolder(const std::filesystem::path& folder, const Files& files);

// Packs them as ID-VERSION-PLATFORM into `output`; returns the file.
std::filesystem::path WriteSamplePackage(const std::filesystem::path& output,
                                         const PackageName& name, const Files& files);

inline const PackageName kSampleName{"sample", "1.0.0", "linux-x86_64"};

// Bytes that do not compress.
std::string Noise(size_t size, unsigned seed);

}  // namespace connhost::testing
