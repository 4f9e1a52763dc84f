// What guests ask the kernel for and do not get.
#include <arpa/inet.h>
#include <sys/socket.h>

#include "tests/host/process/guest_fixture.h"

namespace connhost {
namespace {

constexpr uint16_t kPort = 5432;

class Sandbox : public GuestTest {
 protected:
  std::string Ask(const std::string& what, std::vector<uint16_t> granted = {}, uint16_t port = 0) {
    WorkerSpec spec = Spec("asks_kernel");
    spec.ports = std::move(granted);
    const Outcome outcome = Read(spec, {{"what", what}, {"port", std::to_string(port)}});
    EXPECT_EQ(outcome.kind, "config") << outcome.sentence;
    return outcome.sentence.substr(outcome.sentence.rfind(' ') + 1);
  }
};

TEST_F(Sandbox, RefusesOtherProcessesAndTheSystem) {
  for (const char* what : {"fork", "exec", "kill parent", "kill group", "kill all", "trace parent",
                           "limit parent", "raise files", "raise core", "outlive parent",
                           "namespace", "mount", "io_uring", "bpf", "keys", "shared memory"}) {
    EXPECT_EQ(Ask(what), "EPERM") << what;
  }
  if (!kSanitized) {
    EXPECT_EQ(Ask("raise memory"), "EPERM");
  }
}

TEST_F(Sandbox, RefusesEverySocketWithoutTheGrant) {
  for (const char* what : {"internet socket", "internet 6 socket", "local socket", "netlink socket",
                           "packet socket", "socket pair", "connect"}) {
    EXPECT_EQ(Ask(what), "EACCES") << what;
  }
}

TEST_F(Sandbox, GivesInternetSocketsAndNoOthersWithTheGrant) {
  EXPECT_EQ(Ask("internet socket", {kPort}), "worked");
  EXPECT_EQ(Ask("internet 6 socket", {kPort}), "worked");
  for (const char* what : {"local socket", "netlink socket", "packet socket", "socket pair"}) {
    EXPECT_EQ(Ask(what, {kPort}), "EACCES") << what;
  }
}

TEST_F(Sandbox, ConnectsButDoesNotListenWithTheGrant) {
  const UniqueFd server(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(server.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(server.get(), 1), 0);
  ASSERT_EQ(::getsockname(server.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
  const uint16_t port = ntohs(address.sin_port);
  EXPECT_EQ(Ask("connect", {kPort, port}, port), "worked");
  WorkerSession session(Spec("good_source"), -1, {});
  if (session.ready()["sandbox"]["landlock"].GetInt() < 4) {
    GTEST_SKIP() << "this kernel's Landlock does not know ports";
  }
  EXPECT_EQ(Ask("connect", {kPort}, port), "EACCES") << "a port that was not granted";
  EXPECT_EQ(Ask("listen", {kPort}), "EACCES");
}

TEST_F(Sandbox, HoldsNothingOfTheHost) {
  const UniqueFd open = OpenFile("/dev/null", 0);
  ::setenv("CONNHOST_TEST_SECRET", "visible", 1);  // NOLINT(concurrency-mt-unsafe)
  const Outcome outcome = Read("looks_around");
  ::unsetenv("CONNHOST_TEST_SECRET");  // NOLINT(concurrency-mt-unsafe)
  // One further descriptor: the library, through which it was loaded.
  EXPECT_TRUE(Contains(outcome.sentence, "open=1 stdin=0")) << outcome.sentence;
  EXPECT_TRUE(Contains(outcome.sentence, "folder=" + scratch_.path().string() + "/"));
  EXPECT_TRUE(Contains(outcome.sentence, "LANG=C.UTF-8;")) << outcome.sentence;
  EXPECT_FALSE(Contains(outcome.sentence, "SECRET")) << outcome.sentence;
  EXPECT_FALSE(Contains(outcome.sentence, "PATH=")) << outcome.sentence;
  ASSERT_FALSE(lines_.empty());
  EXPECT_EQ(lines_[0].text, "from a thread") << "threads are allowed, and may log";
}

}  // namespace
}  // namespace connhost
