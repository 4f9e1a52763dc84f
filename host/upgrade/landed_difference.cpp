#include "host/upgrade/landed_difference.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <string_view>

#include "base/error.h"

namespace connhost {
namespace {

constexpr size_t kMostExamples = 3;

// Envelopes hold their keys in one order with `data` last, and a quote inside a value is escaped.
std::string_view DataOf(std::string_view line) {
  constexpr std::string_view kName = ",\"data\":";
  const size_t at = line.find(kName);
  if (at == std::string_view::npos) return line;
  line.remove_prefix(at + kName.size());
  line.remove_suffix(1);
  return line;
}

struct Record {
  uint64_t hash;
  uint64_t segment;
  uint64_t offset;
};

class LandedStream {
 public:
  explicit LandedStream(const std::filesystem::path& folder) {
    if (!std::filesystem::exists(folder)) return;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string name = entry.path().filename().string();
      if (!name.starts_with(".") && name.ends_with(".ndjson")) Read(entry.path());
    }
    std::sort(records_.begin(), records_.end(),
              [](const Record& left, const Record& right) { return left.hash < right.hash; });
  }

  const std::vector<Record>& records() const { return records_; }

  std::string Data(const Record& record) const {
    std::ifstream file(segments_[record.segment], std::ios::binary);
    file.seekg(static_cast<std::streamoff>(record.offset));
    std::string line;
    std::getline(file, line);
    return std::string(DataOf(line));
  }

 private:
  void Read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    uint64_t offset = 0;
    for (std::string line; std::getline(file, line); offset += line.size() + 1) {
      records_.push_back({std::hash<std::string_view>()(DataOf(line)), segments_.size(), offset});
    }
    if (file.bad() || !file.eof()) {
      throw Error(ErrorKind::kTransient, "cannot read " + path.string() + "; try again");
    }
    segments_.push_back(path);
  }

  std::vector<std::filesystem::path> segments_;
  std::vector<Record> records_;
};

void Note(const char* mark, const LandedStream& stream, const Record& record, uint64_t* count,
          std::vector<std::string>* examples) {
  if ((*count)++ < kMostExamples) examples->push_back(mark + stream.Data(record));
}

}  // namespace

LandedDifference CompareLanded(const std::string& stream, const std::filesystem::path& before,
                               const std::filesystem::path& after) {
  LandedDifference difference;
  difference.stream = stream;
  const LandedStream left(before);
  const LandedStream right(after);
  auto old_one = left.records().begin();
  auto new_one = right.records().begin();
  while (old_one != left.records().end() || new_one != right.records().end()) {
    const bool at_end = old_one == left.records().end();
    if (at_end || (new_one != right.records().end() && new_one->hash < old_one->hash)) {
      Note("+ ", right, *new_one++, &difference.only_after, &difference.examples);
    } else if (new_one == right.records().end() || old_one->hash < new_one->hash) {
      Note("- ", left, *old_one++, &difference.only_before, &difference.examples);
    } else {
      ++difference.same;
      ++old_one;
      ++new_one;
    }
  }
  return difference;
}

}  // namespace connhost
