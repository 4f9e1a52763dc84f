#include "host/store/package_writer.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/files.h"
#include "host/store/file_tree.h"
#include "host/store/package_reader.h"
#include "sample_package.h"

namespace connhost::testing {
namespace {

// Keeps what a package holds.
class MemorySink : public PackageSink {
 public:
  void BeginFile(const std::string& path, bool executable) override {
    path_ = path;
    files[path] = "";
    if (executable) executables.push_back(path);
  }
  void Write(std::string_view bytes) override { files[path_] += bytes; }
  void EndFile() override {}
  Files files;
  std::vector<std::string> executables;

 private:
  std::string path_;
};

std::string RefusalOf(const std::filesystem::path& folder, const std::filesystem::path& output,
                      const PackageName& name = kSampleName) {
  try {
    WritePackage(folder, name, output);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig) << error.what();
    return error.what();
  }
  return "accepted";
}

TEST(PackageWriterTest, WhatIsPackedComesOutAgain) {
  const TemporaryDirectory output;
  Files files = SampleFiles(1, 300'000);
  files["data/" + std::string(120, 'n') + "/" + std::string(129, 'm')] = "long name";
  const auto path = WriteSamplePackage(output.path(), kSampleName, files);
  EXPECT_EQ(path.filename(), "sample-1.0.0-linux-x86_64.connpkg");
  MemorySink sink;
  const std::vector<Sum> sums = ReadPackage(OpenPackage(path), sink);
  EXPECT_EQ(sums.size(), files.size());
  EXPECT_EQ(sink.executables, std::vector<std::string>{"lib/sample.so"});
  EXPECT_EQ(sink.files.at("SUMS"), WriteSums(sums));
  sink.files.erase("SUMS");
  EXPECT_EQ(sink.files, files);
  EXPECT_EQ(ListNames(output.path()).size(), 1U);
}

TEST(PackageWriterTest, TheSameFolderGivesTheSameBytes) {
  const TemporaryDirectory first;
  const TemporaryDirectory second;
  const TemporaryDirectory output;
  Files files = SampleFiles();
  files["data/" + std::string(200, 'p')] = "needs a pax header";
  WriteFolder(first.path(), files);
  std::vector<std::pair<std::string, std::string>> backwards(files.rbegin(), files.rend());
  for (const auto& [path, content] : backwards) WriteFolder(second.path(), {{path, content}});
  WriteFolder(second.path(), {{"SUMS", "an old one"}});
  for (const TreeFile& file : ListTree(second.path())) {
    const auto path = second.path() / file.path;
    ASSERT_EQ(::chmod(path.c_str(), file.path.starts_with("lib/") ? 0700 : 0440), 0);
    const timespec times[2] = {{1'000'000, 0}, {2'000'000, 5}};
    ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
    if (::getuid() == 0) {
      ASSERT_EQ(::chown(path.c_str(), 12, 34), 0);
    }
  }
  const WrittenPackage one = WritePackage(first.path(), kSampleName, output.path() / "one");
  const WrittenPackage two = WritePackage(second.path(), kSampleName, output.path() / "two");
  EXPECT_EQ(ReadFile(one.path), ReadFile(two.path));
  EXPECT_EQ(one.digest, two.digest);
  EXPECT_EQ(one.digest, OpenPackage(one.path).digest);
  EXPECT_EQ(one.size, std::filesystem::file_size(one.path));
}

TEST(PackageWriterTest, FoldersThatMakeNoPackageAreRefused) {
  const TemporaryDirectory output;
  const auto refusal = [&](const std::function<void(const std::filesystem::path&)>& spoil) {
    const TemporaryDirectory folder;
    WriteFolder(folder.path(), SampleFiles());
    spoil(folder.path());
    return RefusalOf(folder.path(), output.path());
  };
  using Path = std::filesystem::path;
  EXPECT_NE(refusal([](const Path& f) {
              std::filesystem::remove(f / "manifest.yaml");
            }).find("expected a file manifest.yaml in it, found none"),
            std::string::npos);
  EXPECT_NE(refusal([](const Path& f) {
              WriteFolder(f, {{"src/x.cpp", ""}});
            }).find("found 'src'"),
            std::string::npos);
  EXPECT_NE(refusal([](const Path& f) {
              WriteFolder(f, {{"lib/SAMPLE.so", ""}});
            }).find("differs from 'lib/SAMPLE.so' in letter case alone"),
            std::string::npos);
  EXPECT_NE(refusal([](const Path& f) {
              std::filesystem::create_symlink("/etc/passwd", f / "data" / "link");
            }).find("'data/link': expected a regular file, found a link"),
            std::string::npos);
  EXPECT_NE(refusal([](const Path& f) {
              ::mkfifo((f / "data" / "fifo").c_str(), 0600);
            }).find("found a link or a special file"),
            std::string::npos);
  EXPECT_NE(refusal([](const Path& f) {
              WriteFolder(f, {{"data/\xc3\xbc.csv", ""}});
            }).find("expected printable ASCII"),
            std::string::npos);
  EXPECT_TRUE(ListNames(output.path()).empty());
}

TEST(PackageWriterTest, BadPlacesAndNamesAreRefused) {
  const TemporaryDirectory folder;
  const TemporaryDirectory output;
  WriteFolder(folder.path(), SampleFiles());
  EXPECT_NE(RefusalOf(folder.path(), folder.path() / "out").find("which is part of it"),
            std::string::npos);
  EXPECT_NE(RefusalOf(folder.path() / "none", output.path()).find("expected a folder"),
            std::string::npos);
  for (const PackageName& name :
       {PackageName{"Sample", "1.0.0", "linux-x86_64"}, PackageName{"sample", "1", "linux-x86_64"},
        PackageName{"../sample", "1.0.0", "linux-x86_64"},
        PackageName{"sample", "1.0.0", "linux"}}) {
    EXPECT_NE(RefusalOf(folder.path(), output.path(), name).find("expected a package name"),
              std::string::npos)
        << name.FileName();
  }
  EXPECT_TRUE(ListNames(output.path()).empty());
}

TEST(PackageWriterTest, WhatCouldNotBeInstalledIsNotWritten) {
  const TemporaryDirectory folder;
  const TemporaryDirectory output;
  WriteFolder(folder.path(), SampleFiles(0, 100'000));
  PackageLimits limits;
  limits.most_bytes = 50'000;
  EXPECT_THROW(WritePackage(folder.path(), kSampleName, output.path(), limits), Error);
  EXPECT_TRUE(ListNames(output.path()).empty());
}

TEST(PackageReaderTest, OpensOnlyRegularFiles) {
  const TemporaryDirectory folder;
  ::mkfifo((folder.path() / "fifo").c_str(), 0600);
  EXPECT_THROW(OpenPackage(folder.path() / "fifo"), Error);
  EXPECT_THROW(OpenPackage(folder.path() / "none"), Error);
  EXPECT_THROW(OpenPackage(folder.path()), Error);
}

TEST(PackageReaderTest, AFileThatChangesAfterItsDigestIsRefused) {
  const TemporaryDirectory output;
  const auto path = WriteSamplePackage(output.path(), kSampleName, SampleFiles(1));
  const auto other = WriteSamplePackage(output.path() / "other", kSampleName, SampleFiles(2));
  const PackageFile opened = OpenPackage(path);
  const UniqueFd same = OpenFile(path, O_WRONLY | O_TRUNC);
  WriteAll(same.get(), ReadFile(other), "the package");
  MemorySink sink;
  try {
    ReadPackage(opened, sink);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kPolicy);
    EXPECT_NE(std::string(error.what()).find("it changed while it was read"), std::string::npos);
  }
}

}  // namespace
}  // namespace connhost::testing
