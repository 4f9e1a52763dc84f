// How fast the destination `bronze` lands records: wall and CPU seconds of the whole process,
// without the making of the batches, which are prepared once and fed again and again.
//
//   bronze_bench FOLDER [rows] [none|zstd]
#include <sys/resource.h>

#include <chrono>
#include <connhost/sdk.hpp>
#include <connhost/testing.hpp>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include "plugins/bronze/bronze_destination.h"

namespace connhost {
namespace {

using sdk::Type;

constexpr uint32_t kBatchRows = 6000;
constexpr size_t kBatches = 32;
constexpr uint64_t kRowsOfCommit = 1'000'000;

const std::vector<sdk::Column> kColumns = {
    {"id", Type::kInt64},         {"created_at", Type::kTimestampUtc},
    {"account_id", Type::kInt64}, {"amount", Type::kFloat64},
    {"score", Type::kFloat64},    {"country", Type::kText},
    {"name", Type::kText},        {"note", Type::kText},
    {"active", Type::kBool},      {"updated_at", Type::kTimestampUtc}};

const char* const kNames[] = {"Ana Smith",          "Zoë García", "Νίκος Παπαδόπουλος",
                              "Ольга Иванова",      "李雷 田中",  "O'Neil Żak",
                              "Søren van den Berg", "Maya 🚀 김",  "Łukasz Schröder"};
const char* const kNotes[] = {
    "plain text without anything special in it",
    "comma, separated, words",
    "she said \"ship it\" and left",
    "line one\nline two",
    "tab\there and a back\\slash",
    "both \"quotes\", commas,\nand a newline",
    "ünïcödé – “smart quotes” … 100 €",
    "a longer note that goes on for a while so that the average row is not unrealistically short; "
    "it has no character that needs quoting except the semicolon",
    "short",
    ""};

// Ten columns of an order record; numbers, times and texts as they come in real ones.
class Batch {
 public:
  Batch(std::mt19937_64& random, int64_t first) {
    for (const sdk::Column& column : kColumns) buffers_.emplace_back(column.type);
    for (uint32_t row = 0; row < kBatchRows; ++row) AppendRow(random, first + row);
    arrays_.resize(kColumns.size());
    pointers_.resize(3 * kColumns.size());
    for (size_t i = 0; i < buffers_.size(); ++i) {
      buffers_[i].Export(&arrays_[i], &pointers_[3 * i]);
      children_.push_back(&arrays_[i]);
    }
    table_.length = kBatchRows;
    table_.n_children = static_cast<int64_t>(children_.size());
    table_.children = children_.data();
  }
  const ArrowArray& table() const { return table_; }

 private:
  void AppendRow(std::mt19937_64& random, int64_t id) {
    const uint64_t bits = random();
    const double chance = static_cast<double>(random() >> 11) * 0x1p-53;
    const int64_t created =
        1'704'067'200'000'000 + id * 3'145'728 + static_cast<int64_t>(bits & 0xFFFFF);
    buffers_[0].AppendInt64(id);
    buffers_[1].AppendInt64(created);
    buffers_[2].AppendInt64(1 + static_cast<int64_t>(chance * chance * 99999));
    buffers_[3].AppendFloat64(
        static_cast<double>(static_cast<int64_t>(bits % 2'000'000) - 200'000) / 100.0);
    bits >> 8 & 7 ? buffers_[4].AppendFloat64(chance) : buffers_[4].AppendNull();
    buffers_[5].AppendText("US");
    buffers_[6].AppendText(kNames[(bits >> 20) % std::size(kNames)]);
    (bits >> 33) % 5 == 0 ? buffers_[7].AppendNull()
                          : buffers_[7].AppendText(kNotes[(bits >> 37) % std::size(kNotes)]);
    buffers_[8].AppendBool((bits >> 45 & 1) != 0);
    (bits >> 46) % 10 < 3
        ? buffers_[9].AppendNull()
        : buffers_[9].AppendInt64(created + static_cast<int64_t>(bits >> 50 & 0xFFF) * 1'000'003);
  }

  std::deque<sdk::ColumnBuffer> buffers_;
  std::vector<ArrowArray> arrays_;
  std::vector<const void*> pointers_;
  std::vector<ArrowArray*> children_;
  ArrowArray table_{};
};

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Landed {
  uint64_t rows = 0;
  uint64_t bytes = 0;
};

Landed Land(sdk::Destination& bronze, const std::vector<sdk::BatchView>& batches, uint64_t rows) {
  Landed landed;
  uint64_t pending = 0;
  connhost_batch_info info{};
  info.sequence = 1;
  info.emitted_at = 1'795'269'792'123'456;
  for (size_t i = 0; landed.rows < rows; ++i) {
    bronze.Write(batches[i % batches.size()], sdk::BatchInfo(&info));
    landed.rows += kBatchRows;
    pending += kBatchRows;
    const bool last = landed.rows >= rows;
    if (!last && pending < kRowsOfCommit) continue;
    landed.bytes += bronze.Commit({info.sequence++, "{}", last}).bytes;
    pending = 0;
  }
  return landed;
}

int Run(const std::string& folder, uint64_t rows, const std::string& compression) {
  std::mt19937_64 random(1);
  std::deque<Batch> made;
  std::vector<sdk::BatchView> batches;
  for (size_t i = 0; i < kBatches; ++i) {
    made.emplace_back(random, static_cast<int64_t>(i) * kBatchRows + 1);
    batches.emplace_back(made.back().table(), kColumns);
  }
  sdk::FakeHost host;
  sdk::Json config = sdk::Json::Object();
  config.Set("path", sdk::Json::String(folder));
  config.Set("compression", sdk::Json::String(compression));
  bronze::BronzeDestination bronze(config, sdk::Host(host.table()));
  sdk::StreamTarget target;
  target.tenant = "acme";
  target.connection = "orders";
  target.stream = "orders";
  target.connector = "csv@1.0.0";
  target.run_id = "20261121T140312-k3f9x2ab";
  target.mode = sdk::Mode::kOverwrite;
  target.restart = true;
  target.key = {"id"};
  bronze.Recover(target);
  bronze.Open(kColumns);

  const double cpu = CpuSeconds();
  const auto start = std::chrono::steady_clock::now();
  const Landed landed = Land(bronze, batches, rows);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  const double used = CpuSeconds() - cpu;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "%llu rows, %llu bytes: %.3f s wall, %.3f s CPU, %.0f ns of CPU a row, peak %ld KiB\n",
      static_cast<unsigned long long>(landed.rows), static_cast<unsigned long long>(landed.bytes),
      wall.count(), used, used * 1e9 / static_cast<double>(landed.rows), usage.ru_maxrss);
  return 0;
}

}  // namespace
}  // namespace connhost

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bronze_bench FOLDER [rows] [none|zstd]\n");
    return 2;
  }
  const uint64_t rows = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 5'000'000;
  return connhost::Run(argv[1], rows, argc > 3 ? argv[3] : "none");
}
