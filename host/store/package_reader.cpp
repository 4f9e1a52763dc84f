#include "host/store/package_reader.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "host/store/entry_names.h"
#include "host/store/refusal.h"
#include "host/store/tar_reader.h"
#include "host/store/zstd_source.h"

namespace connhost {
namespace {

class ContentReader {
 public:
  ContentReader(ByteSource& tar, PackageSink& sink, const PackageLimits& limits,
                const std::string& package)
      : reader_(tar, package), sink_(sink), limits_(limits), package_(package) {}

  std::vector<Sum> ReadAll() {
    while (const std::optional<TarEntry> entry = reader_.Next()) {
      if (++entries_ > limits_.most_entries) {
        throw RefusePackage(package_, "it has more than the " +
                                          std::to_string(limits_.most_entries) +
                                          " entries allowed for a package");
      }
      CheckName(*entry);
      if (!entry->is_folder) ReadFileEntry(*entry);
    }
    return Compare();
  }

 private:
  void CheckName(const TarEntry& entry) {
    std::string problem = EntryNameProblem(entry.name);
    if (problem.empty()) problem = names_.Add(entry.name, entry.is_folder);
    if (!problem.empty()) throw RefuseEntry(package_, entry.name, problem);
  }

  void ReadFileEntry(const TarEntry& entry) {
    const bool is_sums = entry.name == kSumsName;
    Sha256 hash;
    uint64_t size = 0;
    sink_.BeginFile(entry.name, entry.executable);
    while (true) {
      const std::string_view bytes = reader_.NextData();
      if (bytes.empty()) break;
      size += bytes.size();
      if (is_sums) {
        if (size > kMostSumsBytes) throw RefuseEntry(package_, entry.name, "is larger than 2 MiB");
        sums_text_ += bytes;
      }
      hash.Update(bytes);
      sink_.Write(bytes);
    }
    sink_.EndFile();
    if (is_sums) {
      has_sums_ = true;
    } else {
      found_.push_back({hash.FinishHex(), size, entry.name});
    }
  }

  std::vector<Sum> Compare() {
    if (!has_sums_) throw RefusePackage(package_, "expected a file SUMS, found none");
    std::vector<Sum> sums = ParseSums(sums_text_, package_);
    for (const Sum& found : found_) CompareOne(found, FindSum(sums, found.path));
    std::sort(found_.begin(), found_.end(),
              [](const Sum& a, const Sum& b) { return a.path < b.path; });
    for (const Sum& sum : sums) {
      if (FindSum(found_, sum.path) == nullptr) {
        throw RefuseEntry(package_, sum.path, "SUMS lists it, but the package does not hold it");
      }
    }
    if (FindSum(sums, "manifest.yaml") == nullptr) {
      throw RefusePackage(package_, "expected a file manifest.yaml, found none");
    }
    return sums;
  }

  void CompareOne(const Sum& found, const Sum* expected) {
    if (expected == nullptr) throw RefuseEntry(package_, found.path, "SUMS does not list it");
    if (expected->size != found.size) {
      throw RefuseEntry(package_, found.path,
                        "SUMS says " + std::to_string(expected->size) + " bytes, it has " +
                            std::to_string(found.size));
    }
    if (expected->sha256 != found.sha256) {
      throw RefuseEntry(package_, found.path,
                        "SUMS says sha256 " + expected->sha256 + ", it has " + found.sha256);
    }
  }

  TarReader reader_;
  PackageSink& sink_;
  const PackageLimits& limits_;
  const std::string& package_;
  EntryNames names_;
  size_t entries_ = 0;
  std::string sums_text_;
  bool has_sums_ = false;
  std::vector<Sum> found_;
};

}  // namespace

PackageFile OpenPackage(const std::filesystem::path& path, const PackageLimits& limits) {
  PackageFile file;
  // O_NONBLOCK: opening a fifo must not wait for a writer.
  file.fd = OpenFile(path, O_RDONLY | O_NONBLOCK);
  file.name = path.filename().string();
  struct stat status {};
  if (::fstat(file.fd.get(), &status) != 0) {
    throw ErrnoError(ErrorKind::kConfig, "look at " + path.string());
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorKind::kConfig,
                path.string() + ": expected a package file, found " +
                    (S_ISDIR(status.st_mode) ? "a folder; 'connhost pack' makes "
                                               "a package of a folder"
                                             : "a special file"));
  }
  file.size = static_cast<uint64_t>(status.st_size);
  if (file.size > limits.most_bytes) {
    throw RefusePackage(file.name, "it has " + HumanBytes(file.size) + ", at most " +
                                       HumanBytes(limits.most_bytes) + " are allowed");
  }
  file.digest = Sha256OfFd(file.fd.get(), path.string());
  return file;
}

std::vector<Sum> ReadPackage(const PackageFile& file, PackageSink& sink,
                             const PackageLimits& limits) {
  ZstdSource source(file.fd.get(), file.name, limits);
  std::vector<Sum> sums = ReadPackageTar(source, sink, limits, file.name);
  if (const std::string digest = source.FinishDigest(); digest != file.digest) {
    throw RefusePackage(file.name, "it changed while it was read: its sha256 was " + file.digest +
                                       " and is now " + digest);
  }
  return sums;
}

std::vector<Sum> ReadPackageTar(ByteSource& tar, PackageSink& sink, const PackageLimits& limits,
                                const std::string& package) {
  return ContentReader(tar, sink, limits, package).ReadAll();
}

}  // namespace connhost
