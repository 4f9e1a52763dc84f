#include "host/wire/batch.h"
#include "host/wire/batch_layout.h"
#include "host/wire/byte_writer.h"

namespace connhost {
namespace {

struct Run {  // of consecutive rows
  uint32_t begin;
  uint32_t end;
};

std::vector<Run> RunsOf(const std::vector<uint32_t>& keep) {
  std::vector<Run> runs;
  for (const uint32_t row : keep) {
    if (!runs.empty() && runs.back().end == row) {
      ++runs.back().end;
    } else {
      runs.push_back({row, row + 1});
    }
  }
  return runs;
}

void Pad(std::string* bytes) {
  bytes->append(PaddingAfter(bytes->size()), '\0');
}

void AppendBits(const uint8_t* bits, const std::vector<uint32_t>& keep, std::string* bytes) {
  const size_t start = bytes->size();
  bytes->append(BitmapBytes(static_cast<uint32_t>(keep.size())), '\0');
  for (size_t i = 0; i < keep.size(); ++i) {
    const int bit = bits[keep[i] >> 3] >> (keep[i] & 7) & 1;
    char& byte = (*bytes)[start + i / 8];
    byte = static_cast<char>(byte | bit << (i & 7));
  }
}

void AppendOffsets(const int32_t* offsets, const std::vector<uint32_t>& keep, std::string* bytes) {
  int32_t end = 0;
  AppendBytes(bytes, end);
  for (const uint32_t row : keep) {
    end += offsets[row + 1] - offsets[row];
    AppendBytes(bytes, end);
  }
  Pad(bytes);
}

// The values of the runs, each `width` bytes or between its offsets. Returns how many bytes.
uint64_t AppendValues(const ColumnView& view, size_t width, const std::vector<Run>& runs,
                      std::string* bytes) {
  const size_t start = bytes->size();
  const auto place = [&](uint32_t row) {
    return view.offsets != nullptr ? static_cast<size_t>(view.offsets[row]) : row * width;
  };
  for (const Run& run : runs) {
    bytes->append(reinterpret_cast<const char*>(view.data) + place(run.begin),
                  place(run.end) - place(run.begin));
  }
  return bytes->size() - start;
}

ColumnHead AppendColumn(const ColumnView& view, ColumnType type, const std::vector<uint32_t>& keep,
                        const std::vector<Run>& runs, std::string* bytes) {
  ColumnHead head{};
  for (const uint32_t row : keep) head.null_count += view.IsNull(row) ? 1U : 0U;
  if (head.null_count > 0) {
    head.validity_bytes = BitmapBytes(static_cast<uint32_t>(keep.size()));
    AppendBits(view.validity, keep, bytes);
    Pad(bytes);
  }
  if (type == ColumnType::kBool) {
    head.data_bytes = BitmapBytes(static_cast<uint32_t>(keep.size()));
    AppendBits(view.data, keep, bytes);
  } else {
    if (IsVariable(type)) AppendOffsets(view.offsets, keep, bytes);
    head.data_bytes = AppendValues(view, FixedWidth(type), runs, bytes);
  }
  Pad(bytes);
  return head;
}

}  // namespace

std::string SelectRows(const BatchView& batch, const Schema& schema,
                       const std::vector<uint32_t>& keep) {
  if (keep.empty()) return "";
  const std::vector<Run> runs = RunsOf(keep);
  BatchHead head{};
  head.rows = static_cast<uint32_t>(keep.size());
  head.columns = static_cast<uint32_t>(schema.columns.size());
  head.emitted_at = batch.emitted_at;
  if (batch.first != 0 && runs.size() == 1) head.first = batch.first + keep.front();
  head.origin_bytes = static_cast<uint32_t>(batch.origin.size());
  std::string payload;
  AppendBytes(&payload, head);
  payload.append(head.columns * sizeof(ColumnHead), '\0');  // filled below
  payload.append(batch.origin);
  Pad(&payload);
  for (size_t i = 0; i < schema.columns.size(); ++i) {
    const ColumnHead column =
        AppendColumn(batch.columns[i], schema.columns[i].type, keep, runs, &payload);
    std::memcpy(payload.data() + sizeof head + i * sizeof column, &column, sizeof column);
  }
  return payload;
}

}  // namespace connhost
