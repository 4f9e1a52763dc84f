#include "host/worker/host_table.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace connhost {
namespace {

constexpr size_t kMostLine = 8U << 10;
constexpr size_t kMostPiece = 1U << 20;

const Guest& GuestOf(const connhost_host* host) {
  return *static_cast<const Guest*>(host->context);
}

void Log(const connhost_host* host, int32_t level, connhost_text line) {
  const int32_t known = std::clamp<int32_t>(level, CONNHOST_LOG_DEBUG, CONNHOST_LOG_ERROR);
  const std::string text = ReplaceInvalidUtf8(ViewOf(line).substr(0, kMostLine));
  GuestOf(host).link.Send(FrameType::kLog, static_cast<uint64_t>(known), text);
}

int32_t Cancelled(const connhost_host* host) {
  const Guest& guest = GuestOf(host);
  if (!guest.link.Cancelled()) return 0;
  return 1;
}

void Fail(const connhost_host* host, connhost_text sentence, uint64_t retry_after_ms) {
  GuestOf(host).call.Fail(ViewOf(sentence), retry_after_ms);
}

connhost_status WriteConsole(const connhost_host* host, connhost_text bytes) {
  HostLink& link = GuestOf(host).link;
  for (std::string_view rest = ViewOf(bytes); !rest.empty();
       rest.remove_prefix(std::min(rest.size(), kMostPiece))) {
    if (!link.Send(FrameType::kConsole, 0, rest.substr(0, kMostPiece))) return CONNHOST_CANCELLED;
  }
  return CONNHOST_OK;
}

constexpr connhost_console kConsole = {WriteConsole};

const void* NoExtension(const connhost_host*, const char*) {
  return nullptr;
}

const void* ConsoleExtension(const connhost_host*, const char* id) {
  return std::strcmp(id, CONNHOST_CONSOLE_1) == 0 ? &kConsole : nullptr;
}

}  // namespace

HostTable::HostTable(const Guest& guest, bool console)
    : guest_(guest),
      host_{&guest_, Log, Cancelled, Fail, console ? ConsoleExtension : NoExtension} {}

}  // namespace connhost
