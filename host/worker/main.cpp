// connhost-worker: one guest's process. Started by the host with a socket on descriptor 3; walls
// itself in, loads one plugin, and serves calls until CLOSE.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "base/error.h"
#include "base/json.h"
#include "host/worker/call.h"
#include "host/worker/destination_driver.h"
#include "host/worker/hello.h"
#include "host/worker/host_table.h"
#include "host/worker/loader.h"
#include "host/worker/process_setup.h"
#include "host/worker/sandbox.h"
#include "host/worker/source_driver.h"

namespace connhost {
namespace {

constexpr int kSocket = 3;
constexpr int kUsage = 2;

bool IsSocket(int fd) {
  struct stat about {};
  return ::fstat(fd, &about) == 0 && S_ISSOCK(about.st_mode);
}

const char* Word(bool flag) {
  return flag ? "true" : "false";
}

std::string Quoted(const char* text) {
  return QuoteJson(text == nullptr ? "" : text);
}

std::string Ready(const connhost_plugin& plugin, const std::string& sandbox) {
  return "{\"plugin\":{\"id\":" + Quoted(plugin.id) + ",\"version\":" + Quoted(plugin.version) +
         ",\"abi\":" + std::to_string(plugin.abi_major) +
         ",\"abi_minor\":" + std::to_string(plugin.abi_minor) +
         ",\"source\":" + Word(plugin.source != nullptr) +
         ",\"destination\":" + Word(plugin.destination != nullptr) + "},\"sandbox\":" + sandbox +
         "}";
}

void CheckRole(const Hello& hello, const connhost_plugin& plugin) {
  const bool lacks = (hello.role == "source" && plugin.source == nullptr) ||
                     (hello.role == "destination" && plugin.destination == nullptr);
  if (lacks) throw Refusal(CONNHOST_UNSUPPORTED, "the plugin is no " + hello.role);
}

void Drive(const Guest& guest, const Hello& hello, const connhost_plugin& plugin) {
  const HostTable table(guest, hello.console);
  if (hello.role == "source") {
    DriveSource(guest, *plugin.source, table.host());
  } else if (hello.role == "destination") {
    DriveDestination(guest, *plugin.destination, table.host());
  } else {
    Frame frame;
    while (guest.link.Next(&frame)) {
      SendResult(guest, Refuse(guest, CONNHOST_INTERNAL, "a describing worker takes no calls"));
    }
  }
}

void Serve(HostLink& link, const Hello& hello) {
  const UniqueFd library = OpenLibrary(hello.library, hello.sha256);
  const std::string sandbox = EnterSandbox(hello, library.get());
  const connhost_plugin& plugin = LoadPlugin(library, hello.library);
  CheckRole(hello, plugin);
  link.Send(FrameType::kReady, kProtocol, Ready(plugin, sandbox));
  Call call;
  const Json report = ParseJson(sandbox, "the sandbox report");
  Drive({link, call, FindMember(report, "memory_limit")->GetUint64()}, hello, plugin);
}

void RefuseHello(HostLink& link, connhost_status status, const char* sentence) {
  link.Send(FrameType::kResult, static_cast<uint64_t>(status), EncodeResult({0, sentence}));
}

void Run() {
  HostLink link{UniqueFd(kSocket)};
  Frame frame;
  if (!link.Next(&frame)) return;
  try {
    if (frame.type != FrameType::kHello) {
      throw Refusal(CONNHOST_INTERNAL,
                    std::string("expected HELLO, got ") + FrameTypeName(frame.type));
    }
    Serve(link, ParseHello(frame.payload));
  } catch (const Refusal& refusal) {
    RefuseHello(link, refusal.status(), refusal.what());
  } catch (const Error& failure) {
    const bool config = failure.kind() == ErrorKind::kConfig;
    RefuseHello(link, config ? CONNHOST_CONFIG : CONNHOST_INTERNAL, failure.what());
  }
}

}  // namespace
}  // namespace connhost

int main() {
  using namespace connhost;
  if (!IsSocket(kSocket)) {
    std::fputs("connhost-worker is started by connhost; run 'connhost run' instead\n", stderr);
    return kUsage;
  }
  FollowHost(kSocket);
  CloseDescriptorsAbove(kSocket);
  HideProcess();
  ::fcntl(kSocket, F_SETFL, ::fcntl(kSocket, F_GETFL) | O_NONBLOCK);
  try {
    Run();
  } catch (const std::exception& failure) {
    Die(failure.what());
  }
  std::fflush(nullptr);
  // Without the plugin's static destructors: after CLOSE its code has nothing left to do.
  ::_exit(0);
}
