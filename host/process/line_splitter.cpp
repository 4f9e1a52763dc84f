#include "host/process/line_splitter.h"

namespace connhost {

void LineSplitter::Add(std::string_view bytes, const Sink& sink) {
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    if (end != std::string_view::npos && open_.empty()) {
      sink(part.substr(0, kMostLine));
    } else {
      open_.append(part.substr(0, kMostLine - open_.size()));
      if (end != std::string_view::npos) Finish(sink);
    }
    if (end == std::string_view::npos) return;
    bytes.remove_prefix(end + 1);
  }
}

void LineSplitter::Finish(const Sink& sink) {
  if (!open_.empty()) sink(open_);
  open_.clear();
}

}  // namespace connhost
