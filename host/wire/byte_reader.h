// Reads the parts of a small payload in order, never past its end.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace connhost {

class ByteReader {
 public:
  // `what` names the payload in faults ("a RESULT frame") and must outlive the reader.
  ByteReader(std::string_view bytes, const char* what) : rest_(bytes), what_(what) {}

  // The next bytes; throws Error{kInternal} "protocol fault: ..." when there are fewer.
  std::string_view Take(uint64_t count);

  template <typename T>
  T Number() {
    T number;
    std::memcpy(&number, Take(sizeof number).data(), sizeof number);
    return number;
  }

  // A u32 length and that many bytes.
  std::string_view Counted() { return Take(Number<uint32_t>()); }
  // The same, checked to be UTF-8.
  std::string_view CountedText() { return Text(Counted()); }
  // All that is left, checked to be UTF-8.
  std::string_view RestAsText() { return Text(Take(rest_.size())); }

  bool done() const { return rest_.empty(); }
  // Throws when bytes are left.
  void End() const;

 private:
  std::string_view Text(std::string_view bytes) const;

  std::string_view rest_;
  const char* what_;
};

}  // namespace connhost
