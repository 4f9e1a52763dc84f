// What the tests of the bronze destination share: batches by hand, file operations that fail where
// a test wants, and a second opinion on what lies on disk.
#pragma once

#include <gtest/gtest.h>

#include <connhost/sdk.hpp>
#include <connhost/testing.hpp>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"
#include "plugins/bronze/bronze_destination.h"

namespace connhost::bronze {

// File operations under control. `on_operation` sees each one before it happens, by number from 1.
class WatchedFiles : public FileSystem {
 public:
  int Before(const char* operation, const std::string& path) override;

  std::function<int(int number, const std::string& operation, const std::string& path)>
      on_operation;
  int count = 0;
};

// A batch filled value by value: table.column(0).AppendInt64(1).
class Table {
 public:
  explicit Table(std::vector<sdk::Column> columns);
  sdk::ColumnBuffer& column(size_t index) { return buffers_[index]; }
  const std::vector<sdk::Column>& columns() const { return columns_; }
  // Borrowed until the next change.
  const ArrowArray& Export();

 private:
  std::vector<sdk::Column> columns_;
  std::deque<sdk::ColumnBuffer> buffers_;
  std::vector<ArrowArray> arrays_;
  std::vector<const void*> pointers_;
  std::vector<ArrowArray*> children_;
  ArrowArray array_{};
};

// One instance with one stream.
class Landing {
 public:
  // Recovers at once; `files` may be nullptr.
  Landing(const std::string& config, const sdk::StreamTarget& target, FileSystem* files = nullptr);

  const sdk::Committed& recovered() const { return recovered_; }
  void Recover(const sdk::StreamTarget& target) { recovered_ = bronze_->Recover(target); }
  // Opens for the table's columns and writes it.
  void Write(Table& table, uint64_t sequence);
  // Records {"id":first} ... {"id":last}, each with a text of `filler` bytes.
  void WriteIds(int64_t first, int64_t last, uint64_t sequence, size_t filler = 0);
  sdk::Receipt Commit(uint64_t sequence, const std::string& state = "{}", bool last = false) {
    return bronze_->Commit({sequence, state, last});
  }
  BronzeDestination& bronze() { return *bronze_; }

  sdk::FakeHost host;
  std::vector<sdk::Rejected> rejected;

 private:
  std::unique_ptr<BronzeDestination> bronze_;
  sdk::Committed recovered_;
};

// A folder of its own, and readers of what is in it.
class BronzeTest : public ::testing::Test {
 protected:
  // In memory where there is such a file system, for the many durable steps; or on the disk.
  enum class Medium { kMemory, kDisk };
  explicit BronzeTest(Medium medium = Medium::kMemory);

  std::string Config(const std::string& compression = "none") const;
  std::filesystem::path Parent() const { return root() / "acme" / "orders"; }
  std::filesystem::path Stream() const { return Parent() / "orders"; }
  std::filesystem::path root() const { return folder_.path() / "bronze"; }

  static sdk::StreamTarget Target(const std::string& run_id = "run-1",
                                  sdk::Mode mode = sdk::Mode::kAppend);
  // An overwrite from the beginning.
  static sdk::StreamTarget Anew(const std::string& run_id);

 private:
  TemporaryDirectory folder_;
};

// Name -> content of the visible segments of a folder.
std::map<std::string, std::string> Segments(const std::filesystem::path& folder);
// The lines of all segments, in order.
std::vector<std::string> Lines(const std::filesystem::path& folder);
// The ids of WriteIds, as often as they are there.
std::multiset<int64_t> Ids(const std::filesystem::path& folder);
std::multiset<int64_t> IdsFrom(int64_t first, int64_t last);
// Every manifest is JSON whose sums, counts and XXH128 are those of the files it names, every
// segment is named by exactly one manifest, and nothing unfinished is left.
void ExpectWhole(const std::filesystem::path& folder);
std::vector<std::string> Names(const std::filesystem::path& folder);
sdk::Json ReadJson(const std::filesystem::path& path);

}  // namespace connhost::bronze
