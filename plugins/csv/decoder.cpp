#include <algorithm>
#include <cstring>
#include <vector>

#include "plugins/csv/byte_stream.h"

namespace connhost::csv {
namespace {

// Windows-1252 from 0x80 to 0x9F, as the WHATWG Encoding Standard has it: the five bytes that the
// code page leaves free map to the control characters of the same number.
constexpr uint16_t kWindows1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

constexpr size_t kChunk = size_t{1} << 15;
constexpr size_t kMostPerByte = 3;

// Turns an 8-bit or UTF-16 encoding into UTF-8. A lone surrogate becomes its three-byte form and a
// cut last unit the byte FF: neither is UTF-8.
class Decoder : public ByteStream {
 public:
  Decoder(std::unique_ptr<ByteStream> input, Encoding encoding)
      : input_(std::move(input)), encoding_(encoding), raw_(kChunk), text_(kChunk * kMostPerByte) {}

  size_t Read(char* out, size_t room) override {
    while (at_ == size_) {
      if (!Refill()) return 0;
    }
    const size_t given = std::min(room, size_ - at_);
    std::memcpy(out, text_.data() + at_, given);
    at_ += given;
    return given;
  }

 private:
  bool Refill() {
    at_ = size_ = 0;
    const size_t got = input_->Read(raw_.data() + kept_, raw_.size() - kept_);
    const size_t have = kept_ + got;
    kept_ = 0;
    if (have == 0) return false;
    if (encoding_ == Encoding::kUtf16Le || encoding_ == Encoding::kUtf16Be) {
      DecodeUtf16(have, got == 0);
    } else {
      for (size_t i = 0; i < have; ++i) DecodeByte(static_cast<unsigned char>(raw_[i]));
    }
    return true;
  }

  void DecodeByte(unsigned char byte) {
    const bool mapped = encoding_ == Encoding::kWindows1252 && byte >= 0x80 && byte < 0xA0;
    Put(mapped ? kWindows1252[byte - 0x80] : byte);
  }

  void DecodeUtf16(size_t have, bool at_end) {
    size_t i = 0;
    while (i + 2 <= have) {
      const uint32_t unit = Unit(i);
      const bool high = unit >= 0xD800 && unit < 0xDC00;
      if (high && i + 4 > have && !at_end) break;
      const uint32_t low = high && i + 4 <= have ? Unit(i + 2) : 0;
      if (low >= 0xDC00 && low < 0xE000) {
        Put(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
        i += 4;
      } else {
        Put(unit);
        i += 2;
      }
    }
    if (at_end && i < have) {
      text_[size_++] = static_cast<char>(0xFF);
      i = have;
    }
    kept_ = have - i;
    std::memmove(raw_.data(), raw_.data() + i, kept_);
  }

  uint32_t Unit(size_t at) const {
    const auto a = static_cast<unsigned char>(raw_[at]);
    const auto b = static_cast<unsigned char>(raw_[at + 1]);
    return encoding_ == Encoding::kUtf16Le ? uint32_t{b} << 8 | a : uint32_t{a} << 8 | b;
  }

  void Put(uint32_t code) {
    const auto put = [&](uint32_t byte) { text_[size_++] = static_cast<char>(byte); };
    if (code < 0x80) return put(code);
    if (code < 0x800) {
      put(0xC0 | code >> 6);
    } else {
      if (code < 0x10000) {
        put(0xE0 | code >> 12);
      } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 63));
      }
      put(0x80 | (code >> 6 & 63));
    }
    put(0x80 | (code & 63));
  }

  std::unique_ptr<ByteStream> input_;
  Encoding encoding_;
  std::vector<char> raw_, text_;
  size_t kept_ = 0;           // raw bytes of a unit that is not whole yet
  size_t at_ = 0, size_ = 0;  // of text_
};

}  // namespace

std::unique_ptr<ByteStream> MakeDecoder(std::unique_ptr<ByteStream> input, Encoding encoding) {
  return std::make_unique<Decoder>(std::move(input), encoding);
}

}  // namespace connhost::csv
