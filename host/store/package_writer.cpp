#include "host/store/package_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "base/files.h"
#include "base/hash.h"
#include "host/store/entry_names.h"
#include "host/store/file_tree.h"
#include "host/store/package_reader.h"
#include "host/store/refusal.h"
#include "host/store/sums.h"

namespace connhost {
namespace {

constexpr std::string_view kManifest = "manifest.yaml";
constexpr const char* kCompression = "12";

// The output while it has no name yet.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& target) : path_(target.string() + ".XXXXXX") {
    fd_ = UniqueFd(::mkostemp(path_.data(), O_CLOEXEC));
    if (!fd_.valid()) throw StorageError("create " + path_);
  }
  ~TemporaryFile() { ::unlink(path_.c_str()); }
  TemporaryFile(TemporaryFile&&) = delete;
  int fd() const { return fd_.get(); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  UniqueFd fd_;
};

class TarWriter {
 public:
  // `path`: of the file behind `fd`, for sentences.
  TarWriter(int fd, std::string path)
      : path_(std::move(path)), archive_(archive_write_new(), archive_write_free) {
    if (!archive_) throw Error(ErrorKind::kTransient, "out of memory for a tar writer");
    struct archive* const out = archive_.get();
    Check(archive_write_set_format_pax_restricted(out));
    Check(archive_write_add_filter_zstd(out));
    Check(archive_write_set_filter_option(out, "zstd", "compression-level", kCompression));
    Check(archive_write_set_bytes_in_last_block(out, 1));  // no padding after the frame
    Check(archive_write_open_fd(out, fd));
  }

  void Begin(const std::string& name, uint64_t size, bool executable) {
    const std::unique_ptr<struct archive_entry, void (*)(struct archive_entry*)> entry(
        archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), executable ? 0755 : 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    archive_entry_set_mtime(entry.get(), 0, 0);
    archive_entry_set_uid(entry.get(), 0);
    archive_entry_set_gid(entry.get(), 0);
    Check(archive_write_header(archive_.get(), entry.get()));
  }

  void Write(std::string_view bytes) {
    while (!bytes.empty()) {
      const la_ssize_t put = archive_write_data(archive_.get(), bytes.data(), bytes.size());
      if (put <= 0) Check(ARCHIVE_FATAL);
      bytes.remove_prefix(static_cast<size_t>(put));
    }
  }

  void Close() { Check(archive_write_close(archive_.get())); }

 private:
  void Check(int status) {
    if (status == ARCHIVE_OK) return;
    errno = archive_errno(archive_.get());
    const char* const reason = archive_error_string(archive_.get());
    throw StorageError("write " + path_ +
                       (reason == nullptr ? "" : " (" + std::string(reason) + ")"));
  }

  std::string path_;
  std::unique_ptr<struct archive, int (*)(struct archive*)> archive_;
};

// The files to pack, in the order of the archive.
std::vector<TreeFile> FilesOf(const std::filesystem::path& folder) {
  std::vector<TreeFile> files;
  EntryNames names;
  for (TreeFile& file : ListTree(folder)) {
    if (file.path == kSumsName) continue;
    std::string problem = EntryNameProblem(file.path);
    if (problem.empty()) problem = names.Add(file.path, false);
    if (!file.regular) problem = "expected a regular file, found a link or a special file";
    if (!problem.empty()) {
      throw Error(ErrorKind::kConfig, "cannot pack " + folder.string() + ": " +
                                          PrintableName(file.path) + ": " + problem);
    }
    files.push_back(std::move(file));
  }
  const auto manifest = std::find_if(files.begin(), files.end(),
                                     [](const TreeFile& file) { return file.path == kManifest; });
  if (manifest == files.end()) {
    throw Error(ErrorKind::kConfig, "cannot pack " + folder.string() +
                                        ": expected a file manifest.yaml in it, found none");
  }
  std::rotate(files.begin(), manifest, manifest + 1);
  return files;
}

Sum PackFile(TarWriter& tar, const std::filesystem::path& folder, const TreeFile& file) {
  const std::filesystem::path path = folder / file.path;
  const UniqueFd fd = OpenFile(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) {
    throw ErrnoError(ErrorKind::kConfig, "look at " + path.string());
  }
  tar.Begin(file.path, file.size, (status.st_mode & 0100) != 0);
  Sha256 hash;
  uint64_t size = 0;
  std::vector<char> block(65536);
  while (true) {
    const ssize_t got = ::read(fd.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw ErrnoError(ErrorKind::kConfig, "read " + path.string());
    if (got == 0) break;
    const std::string_view bytes(block.data(), static_cast<size_t>(got));
    size += bytes.size();
    if (size > file.size) break;
    hash.Update(bytes);
    tar.Write(bytes);
  }
  if (size != file.size) {
    throw Error(ErrorKind::kTransient, path.string() + " changed while it was packed; pack again");
  }
  return {hash.FinishHex(), size, file.path};
}

void WriteTar(const TemporaryFile& output, const std::filesystem::path& folder) {
  TarWriter tar(output.fd(), output.path());
  std::vector<Sum> sums;
  for (const TreeFile& file : FilesOf(folder)) sums.push_back(PackFile(tar, folder, file));
  const std::string text = WriteSums(std::move(sums));
  tar.Begin(std::string(kSumsName), text.size(), false);
  tar.Write(text);
  tar.Close();
}

// A package written into the folder it is made of would be an odd file there the next time.
void RefuseOutputInside(const std::filesystem::path& folder, const std::filesystem::path& output) {
  if (!std::filesystem::is_directory(folder)) {
    throw Error(ErrorKind::kConfig, "cannot pack " + folder.string() + ": expected a folder");
  }
  const auto inner = std::filesystem::weakly_canonical(output);
  const auto outer = std::filesystem::weakly_canonical(folder);
  if (std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end()) {
    throw Error(ErrorKind::kConfig, "cannot pack " + folder.string() + " into " + output.string() +
                                        ", which is part of it; name an output folder outside");
  }
}

class NullSink : public PackageSink {
 public:
  void BeginFile(const std::string&, bool) override {}
  void Write(std::string_view) override {}
  void EndFile() override {}
};

}  // namespace

WrittenPackage WritePackage(const std::filesystem::path& folder, const PackageName& name,
                            const std::filesystem::path& output_folder,
                            const PackageLimits& limits) {
  const std::filesystem::path path = output_folder / name.FileName();
  if (ParsePackageName(name.FileName()) != name) {
    throw Error(ErrorKind::kConfig, "expected a package name ID-VERSION-PLATFORM, found " +
                                        PrintableName(name.FileName()));
  }
  MakeDirectories(output_folder);
  RefuseOutputInside(folder, output_folder);
  const TemporaryFile temporary(path);
  WriteTar(temporary, folder);
  PackageFile written = OpenPackage(temporary.path(), limits);
  written.name = name.FileName();
  NullSink sink;
  ReadPackage(written, sink, limits);
  if (::fchmod(temporary.fd(), 0644) != 0 || ::fsync(temporary.fd()) != 0 ||
      ::rename(temporary.path().c_str(), path.c_str()) != 0) {
    throw StorageError("write " + path.string());
  }
  FsyncDirectory(output_folder);
  return {path, written.digest, written.size};
}

}  // namespace connhost
