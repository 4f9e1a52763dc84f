// Cuts a stream of bytes into lines of bounded length.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace connhost {

class LineSplitter {
 public:
  static constexpr size_t kMostLine = 8U << 10;

  using Sink = std::function<void(std::string_view)>;

  // Hands each whole line, without its end, to `sink`. Of a longer line the first 8 KiB.
  void Add(std::string_view bytes, const Sink& sink);

  // Hands over what stands after the last line end.
  void Finish(const Sink& sink);

 private:
  std::string open_;  // the line that has no end yet
};

}  // namespace connhost
