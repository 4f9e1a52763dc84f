#include "host/store/tar_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>

#include "host/store/refusal.h"

namespace connhost {
namespace {

constexpr uint64_t kEndOfTar = 1024;  // two blocks of zeros

std::string TypeProblem(struct archive_entry* entry) {
  static const std::string kExpected = "expected a regular file or a folder, found a ";
  if (archive_entry_hardlink(entry) != nullptr) return kExpected + "hard link";
  if (archive_entry_symlink(entry) != nullptr) return kExpected + "symbolic link";
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
    case AE_IFDIR:
      break;
    case AE_IFLNK:
      return kExpected + "symbolic link";
    case AE_IFCHR:
      return kExpected + "character device";
    case AE_IFBLK:
      return kExpected + "block device";
    case AE_IFIFO:
      return kExpected + "fifo";
    case AE_IFSOCK:
      return kExpected + "socket";
    default:
      return kExpected + "special file";
  }
  if (archive_entry_sparse_count(entry) > 0) return kExpected + "sparse file";
  if ((archive_entry_perm(entry) & 07000) != 0) return "it has a set-uid, set-gid or sticky bit";
  return "";
}

}  // namespace

TarReader::TarReader(ByteSource& source, std::string package)
    : source_(source),
      package_(std::move(package)),
      reader_(archive_read_new(), archive_read_free) {
  if (!reader_) throw Error(ErrorKind::kTransient, "out of memory for a tar reader");
  archive_read_support_format_tar(reader_.get());
  Check(archive_read_open(reader_.get(), this, nullptr, &TarReader::Read, nullptr), "its start");
}

ssize_t TarReader::Read(struct archive* reader, void* self, const void** block) {
  auto* const me = static_cast<TarReader*>(self);
  try {
    const std::string_view bytes = me->Pull();
    *block = bytes.data();
    return static_cast<ssize_t>(bytes.size());
  } catch (...) {
    me->failure_ = std::current_exception();
    archive_set_error(reader, EIO, "the source failed");
    return -1;
  }
}

std::string_view TarReader::Pull() {
  const std::string_view bytes = source_.Next();
  const size_t last = bytes.find_last_not_of('\0');
  if (last != std::string_view::npos) zeros_from_ = total_ + last + 1;
  total_ += bytes.size();
  return bytes;
}

std::optional<TarEntry> TarReader::Next() {
  struct archive_entry* entry = nullptr;
  const int status = archive_read_next_header(reader_.get(), &entry);
  if (status == ARCHIVE_EOF) {
    CheckEnd();
    return std::nullopt;
  }
  Check(status, entry_.empty() ? "its start" : "the header after entry " + PrintableName(entry_));
  const char* const name = archive_entry_pathname(entry);
  entry_ = name == nullptr ? "" : name;
  data_end_ = 0;
  if (const std::string problem = TypeProblem(entry); !problem.empty()) {
    throw RefuseEntry(package_, entry_, problem);
  }
  TarEntry answer{entry_, archive_entry_filetype(entry) == AE_IFDIR,
                  (archive_entry_perm(entry) & 0100) != 0};
  if (answer.is_folder && answer.name.ends_with('/')) answer.name.pop_back();
  return answer;
}

std::string_view TarReader::NextData() {
  const void* block = nullptr;
  size_t size = 0;
  la_int64_t offset = 0;
  while (size == 0) {  // an empty block before the end would read as the end
    const int status = archive_read_data_block(reader_.get(), &block, &size, &offset);
    if (status == ARCHIVE_EOF) return {};
    Check(status, "the content of entry " + PrintableName(entry_));
  }
  if (static_cast<uint64_t>(offset) != data_end_) {
    throw RefuseEntry(package_, entry_, "expected a regular file, found a sparse file");
  }
  data_end_ += size;
  return {static_cast<const char*>(block), size};
}

void TarReader::Check(int status, std::string_view where) {
  if (failure_) std::rethrow_exception(failure_);
  if (status == ARCHIVE_OK) return;
  const char* const reason = archive_error_string(reader_.get());
  throw RefusePackage(package_, "its tar is damaged or truncated at " + std::string(where) + " (" +
                                    PrintableName(reason == nullptr ? "no reason" : reason) + ")");
}

// libarchive stops at the first block of zeros and says nothing of what follows.
void TarReader::CheckEnd() {
  if (failure_) std::rethrow_exception(failure_);
  while (!Pull().empty()) {
  }
  const auto end = static_cast<uint64_t>(archive_read_header_position(reader_.get()));
  if (zeros_from_ > end) {
    throw RefusePackage(package_,
                        "expected only zeros after the end of its tar, found other bytes");
  }
  if (total_ < end + kEndOfTar) {
    throw RefusePackage(package_, "its tar is truncated: the two closing blocks are not there");
  }
}

}  // namespace connhost
