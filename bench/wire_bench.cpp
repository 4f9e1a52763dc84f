// How fast batches travel: decoding alone, and from the encoder of one thread over a socket to the
// decoder of another. Prints GB/s and rows/s, the best of several rounds.
//
//   wire_bench [seconds a round]
#include <connhost/arrow.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "host/wire/batch.h"
#include "host/wire/frame.h"

namespace connhost {
namespace {

constexpr uint32_t kBatchRows = 7000;
constexpr int kRounds = 5;

// Ten columns, about 1 MiB: numbers, times and texts, one column with nulls.
class Table {
 public:
  explicit Table(const std::string& word) {
    for (const ColumnType type :
         {ColumnType::kInt64, ColumnType::kInt64, ColumnType::kFloat64, ColumnType::kFloat64,
          ColumnType::kTimestampTz, ColumnType::kDate32, ColumnType::kBool, ColumnType::kUtf8,
          ColumnType::kUtf8, ColumnType::kJson}) {
      Add(type, word);
    }
    for (ArrowArray& child : arrays_) children_.push_back(&child);
    table_.length = kBatchRows;
    table_.n_children = static_cast<int64_t>(children_.size());
    table_.children = children_.data();
    table_.release = [](ArrowArray*) {};
  }

  const Schema& schema() const { return schema_; }
  const ArrowArray& array() const { return table_; }

 private:
  struct Buffers {
    std::vector<uint8_t> validity;
    std::vector<int32_t> offsets;
    std::string data;
    std::vector<const void*> pointers;
  };

  void Add(ColumnType type, const std::string& word) {
    Column column;
    column.name = "column" + std::to_string(schema_.columns.size());
    column.type = type;
    const bool nulls = schema_.columns.size() == 1;
    schema_.columns.push_back(column);
    Buffers& buffers = buffers_.emplace_back();
    if (nulls) buffers.validity.assign((kBatchRows + 7) / 8, 0xF7);
    if (IsVariable(type)) {
      AddTexts(word, &buffers);
    } else {
      const size_t width = FixedWidth(type);
      buffers.data.assign(width == 0 ? (kBatchRows + 7) / 8 : width * kBatchRows, '\x5A');
    }
    buffers.pointers = {nulls ? buffers.validity.data() : nullptr};
    if (IsVariable(type)) buffers.pointers.push_back(buffers.offsets.data());
    buffers.pointers.push_back(buffers.data.data());
    ArrowArray& array = arrays_.emplace_back();
    array.length = kBatchRows;
    array.null_count = nulls ? -1 : 0;
    array.n_buffers = static_cast<int64_t>(buffers.pointers.size());
    array.buffers = buffers.pointers.data();
    array.release = [](ArrowArray*) {};
  }

  static void AddTexts(const std::string& word, Buffers* buffers) {
    buffers->offsets.push_back(0);
    for (uint32_t row = 0; row < kBatchRows; ++row) {
      buffers->data += word + std::to_string(row * 7919U);
      buffers->offsets.push_back(static_cast<int32_t>(buffers->data.size()));
    }
  }

  Schema schema_;
  std::deque<Buffers> buffers_;
  std::deque<ArrowArray> arrays_;
  std::vector<ArrowArray*> children_;
  ArrowArray table_{};
};

double Now() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

void Print(const char* what, double bytes_per_second, size_t batch_bytes) {
  std::printf("%-28s %6.2f GB/s  %6.1f M rows/s\n", what, bytes_per_second / 1e9,
              bytes_per_second / static_cast<double>(batch_bytes) * kBatchRows / 1e6);
}

size_t SizeOf(const std::vector<iovec>& parts) {
  size_t size = 0;
  for (const iovec& part : parts) size += part.iov_len;
  return size;
}

// Over `copies` of the payload in turn, so that they fill the cache or exceed it.
double DecodeRound(const Table& table, size_t copies, double seconds) {
  BatchEncoder encoder;
  std::string payload;
  for (const iovec& part : encoder.Encode(table.array(), table.schema(), nullptr)) {
    payload.append(static_cast<const char*>(part.iov_base), part.iov_len);
  }
  const std::vector<std::string> payloads(copies, payload);
  BatchView view;
  size_t bytes = 0;
  const double start = Now();
  while (Now() - start < seconds) {
    for (const std::string& each : payloads) {
      DecodeBatch(each, table.schema(), &view);
      bytes += each.size();
    }
  }
  return static_cast<double>(bytes) / (Now() - start);
}

void Wait(int fd, short events) {
  pollfd entry{fd, events, 0};
  ::poll(&entry, 1, -1);
}

void SendFor(const Table& table, double seconds, UniqueFd socket) {
  Channel channel(std::move(socket), Channel::Side::kWorker);
  BatchEncoder encoder;
  const double start = Now();
  while (Now() - start < seconds) {
    const std::vector<iovec>& parts = encoder.Encode(table.array(), table.schema(), nullptr);
    Channel::Progress progress = channel.StartSend(FrameType::kBatch, 0, 0, parts);
    while (progress == Channel::Progress::kWouldBlock) {
      Wait(channel.fd(), POLLOUT);
      progress = channel.FinishSend();
    }
  }
}

double ChannelRound(const Table& table, bool decode, double seconds) {
  auto ends = MakeSocketPair();
  Channel channel(std::move(ends.first), Channel::Side::kHost);
  const double start = Now();
  std::thread sender(SendFor, std::cref(table), seconds, std::move(ends.second));
  BatchView view;
  Frame frame;
  size_t bytes = 0;
  while (true) {
    const Channel::Progress progress = channel.Receive(&frame);
    if (progress == Channel::Progress::kClosed) break;
    if (progress == Channel::Progress::kWouldBlock) {
      Wait(channel.fd(), POLLIN);
      continue;
    }
    if (decode) DecodeBatch(frame.payload, table.schema(), &view);
    bytes += frame.payload.size();
  }
  const double taken = Now() - start;
  sender.join();
  return static_cast<double>(bytes) / taken;
}

template <typename Round>
double Best(const Round& round) {
  double best = 0;
  for (int i = 0; i < kRounds; ++i) best = std::max(best, round());
  return best;
}

void Measure(const char* name, const std::string& word, double seconds) {
  const Table table(word);
  BatchEncoder encoder;
  const size_t size = SizeOf(encoder.Encode(table.array(), table.schema(), nullptr));
  std::printf("%s: %zu rows x %zu columns, %zu bytes\n", name, size_t{kBatchRows},
              table.schema().columns.size(), size);
  Print("decode, in the cache", Best([&] { return DecodeRound(table, 1, seconds); }), size);
  Print("decode, from memory", Best([&] { return DecodeRound(table, 128, seconds); }), size);
  Print("encode, socket", Best([&] { return ChannelRound(table, false, seconds); }), size);
  Print("encode, socket, decode", Best([&] { return ChannelRound(table, true, seconds); }), size);
}

}  // namespace
}  // namespace connhost

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 0.5;
  connhost::Measure("ASCII texts", "order of a customer ", seconds);
  connhost::Measure("texts beyond ASCII", "Auftr\xC3\xA4ge, K\xC3\xA4ufer ", seconds);
  return 0;
}
