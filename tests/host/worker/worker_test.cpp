// The worker against a host that talks nonsense, or is gone.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "base/hash.h"
#include "host/process/guest_process.h"
#include "host/process/hello_document.h"

namespace connhost {
namespace {

constexpr int64_t kPatience = 20'000;  // milliseconds

std::string HelloFor(const std::string& scratch) {
  WorkerSpec spec;
  spec.connector = "test";
  spec.library = PLUGIN_FOLDER "/good_source.so";
  spec.library_sha256 = Sha256Hex(ReadFile(spec.library));
  spec.role = WorkerRole::kSource;
  return HelloDocument(spec, scratch);
}

class WorkerTest : public testing::Test {
 protected:
  WorkerTest()
      : process_(WORKER_PROGRAM, "test"), channel_(process_.TakeSocket(), Channel::Side::kHost) {}

  void Send(FrameType type, uint64_t argument, const std::string& payload) {
    ASSERT_EQ(channel_.StartSend(type, argument, payload), Channel::Progress::kDone);
  }

  // The next frame's type, "end" at the end of the stream; payload in `text_`.
  std::string Next() {
    Frame frame;
    while (true) {
      const Channel::Progress progress = channel_.Receive(&frame);
      if (progress == Channel::Progress::kClosed) return "end";
      if (progress == Channel::Progress::kDone) break;
      pollfd poll{channel_.fd(), POLLIN, 0};
      if (::poll(&poll, 1, kPatience) != 1) return "silence";
    }
    text_ = frame.payload;
    return FrameTypeName(frame.type);
  }

  int ExitCode() {
    if (!process_.WaitEnd(kPatience)) return -1;
    const int status = process_.end().wait_status;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  std::string Hello() const { return HelloFor(scratch_.path()); }

  TemporaryDirectory scratch_;
  GuestProcess process_;
  Channel channel_;
  std::string text_;
};

TEST_F(WorkerTest, AnswersAndEndsAtClose) {
  Send(FrameType::kHello, kProtocol, Hello());
  EXPECT_EQ(Next(), "READY");
  Send(FrameType::kClose, 0, {});
  EXPECT_EQ(Next(), "end");
  EXPECT_EQ(ExitCode(), 0);
}

TEST_F(WorkerTest, EndsWhenTheHostIsGone) {
  Send(FrameType::kHello, kProtocol, Hello());
  EXPECT_EQ(Next(), "READY");
  ASSERT_EQ(::shutdown(channel_.fd(), SHUT_WR), 0);
  EXPECT_EQ(Next(), "end");
  EXPECT_EQ(ExitCode(), 0);
}

TEST_F(WorkerTest, RefusesAnotherProtocol) {
  std::string hello = Hello();
  hello.replace(hello.find("\"protocol\":1"), 12, "\"protocol\":2");
  Send(FrameType::kHello, 2, hello);
  EXPECT_EQ(Next(), "RESULT");
  EXPECT_NE(text_.find("speaks protocol 1, the host speaks 2"), std::string::npos) << text_;
  EXPECT_EQ(Next(), "end");
  EXPECT_EQ(ExitCode(), 0);
}

TEST_F(WorkerTest, RefusesACallBeforeHello) {
  Send(FrameType::kCreate, 0, "{}");
  EXPECT_EQ(Next(), "RESULT");
  EXPECT_NE(text_.find("expected HELLO, got CREATE"), std::string::npos) << text_;
  EXPECT_EQ(Next(), "end");
}

TEST_F(WorkerTest, RefusesAHelloThatIsNoJson) {
  Send(FrameType::kHello, kProtocol, "{\"protocol\":");
  EXPECT_EQ(Next(), "RESULT");
  EXPECT_EQ(Next(), "end");
}

TEST_F(WorkerTest, RefusesAHelloThatLacksAMember) {
  std::string hello = Hello();
  hello.replace(hello.find("\"scratch\""), 9, "\"scrotch\"");
  Send(FrameType::kHello, kProtocol, hello);
  EXPECT_EQ(Next(), "RESULT");
  EXPECT_NE(text_.find("HELLO lacks 'scratch'"), std::string::npos) << text_;
}

TEST_F(WorkerTest, DiesOfGarbage) {
  const std::string garbage(64, '\xa5');
  ASSERT_EQ(::write(channel_.fd(), garbage.data(), garbage.size()), 64);
  EXPECT_EQ(Next(), "end");
  EXPECT_NE(ExitCode(), 0);
}

TEST_F(WorkerTest, CallsOfTheOtherRoleAreRefusedAndItLivesOn) {
  Send(FrameType::kHello, kProtocol, Hello());
  EXPECT_EQ(Next(), "READY");
  Send(FrameType::kCreate, 0, "{}");
  EXPECT_EQ(Next(), "RESULT");
  Send(FrameType::kCommit, 1, "{}");
  EXPECT_EQ(Next(), "RESULT");
  EXPECT_NE(text_.find("COMMIT is no call to a source"), std::string::npos) << text_;
  Send(FrameType::kRead, 1000, "{}");
  EXPECT_EQ(Next(), "RESULT");
  EXPECT_NE(text_.find("longer than its payload"), std::string::npos) << text_;
  Send(FrameType::kAuthenticate, 0, {});
  EXPECT_EQ(Next(), "RESULT");
}

// The kernel kills a guest with the thread that started it, even when the socket lives on.
TEST(Worker, DiesWithTheThreadThatStartedIt) {
  const TemporaryDirectory scratch;
  const std::string hello = HelloFor(scratch.path());
  std::unique_ptr<GuestProcess> process;
  std::unique_ptr<Channel> channel;
  std::thread([&] {
    process = std::make_unique<GuestProcess>(WORKER_PROGRAM, "test");
    channel = std::make_unique<Channel>(process->TakeSocket(), Channel::Side::kHost);
    channel->StartSend(FrameType::kHello, kProtocol, hello);
    pollfd ready{channel->fd(), POLLIN, 0};
    ::poll(&ready, 1, kPatience);
  }).join();
  ASSERT_TRUE(process->WaitEnd(kPatience));
  EXPECT_EQ(WTERMSIG(process->end().wait_status), SIGKILL);
}

TEST(Worker, StartedByHandSaysWhatToDo) {
  EXPECT_EQ(WEXITSTATUS(std::system(WORKER_PROGRAM " 2>/dev/null 3>/dev/null </dev/null")), 2);
}

}  // namespace
}  // namespace connhost
