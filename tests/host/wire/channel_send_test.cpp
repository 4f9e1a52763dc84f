#include <fcntl.h>
#include <gtest/gtest.h>

#include <csignal>

#include "base/error.h"
#include "host/wire/frame_buffer.h"
#include "tests/host/wire/socket_peer.h"

namespace connhost {
namespace {

using Progress = Channel::Progress;

iovec PartOf(std::string& text) {
  return {text.data(), text.size()};
}

TEST(ChannelSend, WritesHeaderAndPartsAsOneFrame) {
  Line line;
  std::string a = "ab", b, c = "cde";
  const iovec parts[] = {PartOf(a), PartOf(b), PartOf(c)};
  ASSERT_EQ(line.channel.StartSend(FrameType::kCommit, kFlagLast, 5, parts), Progress::kDone);
  EXPECT_FALSE(line.channel.sending());
  EXPECT_EQ(line.peer.ReceiveSome(100), RawFrame(9, kFlagLast, 5, "abcde"));
}

TEST(ChannelSend, WritesAnEmptyFrame) {
  Line line;
  ASSERT_EQ(line.channel.StartSend(FrameType::kClose, 0, ""), Progress::kDone);
  EXPECT_EQ(line.peer.ReceiveSome(100), RawFrame(FrameType::kClose, ""));
}

// A slow reader takes odd amounts; what it gathers must be the frame, whatever the cuts.
TEST(ChannelSend, GoesOnAfterEveryPartialSend) {
  Line line;
  std::vector<std::string> texts;
  std::string whole;
  for (size_t i = 0; i < 3000; ++i) {  // above IOV_MAX
    texts.emplace_back(i % 1500, static_cast<char>('a' + i % 26));
    whole += texts.back();
  }
  std::vector<iovec> parts;
  for (std::string& text : texts) parts.push_back(PartOf(text));
  Progress progress = line.channel.StartSend(FrameType::kBatch, 0, 3, parts);
  EXPECT_EQ(progress, Progress::kWouldBlock);
  EXPECT_TRUE(line.channel.sending());
  std::string received;
  for (size_t most = 1; progress == Progress::kWouldBlock; most = most * 3 % 100003 + 1) {
    received += line.peer.ReceiveSome(most);
    progress = line.channel.FinishSend();
  }
  EXPECT_EQ(progress, Progress::kDone);
  for (std::string more = "x"; !more.empty(); received += more)
    more = line.peer.ReceiveSome(1 << 20);
  EXPECT_EQ(received, RawFrame(8, 0, 3, whole));
}

TEST(ChannelSend, TwoChannelsAgree) {
  auto ends = MakeSocketPair();
  Channel host(std::move(ends.first), Channel::Side::kHost);
  Channel worker(std::move(ends.second), Channel::Side::kWorker);
  const std::string payload(3 << 20, 'p');
  Progress sent = worker.StartSend(FrameType::kBatch, 0, payload);
  Frame frame;
  Progress received = Progress::kWouldBlock;
  while (received == Progress::kWouldBlock) {
    received = host.Receive(&frame);
    if (sent == Progress::kWouldBlock) sent = worker.FinishSend();
  }
  EXPECT_EQ(received, Progress::kDone);
  EXPECT_EQ(frame.payload, payload);
}

TEST(ChannelSend, TellsThatThePeerIsGoneWithoutASignal) {
  std::signal(SIGPIPE, SIG_DFL);
  Line line;
  line.peer.Close();
  EXPECT_EQ(line.channel.StartSend(FrameType::kCancel, 0, ""), Progress::kClosed);
  EXPECT_FALSE(line.channel.sending());
}

TEST(ChannelSend, TellsThatThePeerWentDuringAFrame) {
  Line line;
  const std::string payload(8 << 20, 'p');
  ASSERT_EQ(line.channel.StartSend(FrameType::kBatch, 0, payload), Progress::kWouldBlock);
  line.peer.Close();
  EXPECT_EQ(line.channel.FinishSend(), Progress::kClosed);
  EXPECT_FALSE(line.channel.sending());
}

TEST(ChannelSend, RefusesAPayloadAboveTheLimitAndSendsNothing) {
  Line line;
  std::string text(1 << 20, 'x');
  const std::vector<iovec> parts(65, PartOf(text));
  EXPECT_THROW(line.channel.StartSend(FrameType::kBatch, 0, 0, parts), Error);
  EXPECT_FALSE(line.channel.sending());
  EXPECT_EQ(line.peer.ReceiveSome(1), "");
  EXPECT_EQ(line.channel.StartSend(FrameType::kClose, 0, ""), Progress::kDone);
}

TEST(ChannelSend, RefusesAFrameInsideAFrame) {
  Line line;
  const std::string payload(8 << 20, 'p');
  ASSERT_EQ(line.channel.StartSend(FrameType::kBatch, 0, payload), Progress::kWouldBlock);
  EXPECT_THROW(line.channel.StartSend(FrameType::kCancel, 0, ""), Error);
  EXPECT_TRUE(line.channel.sending());
}

TEST(SocketPair, IsNonBlockingAndClosedOnExec) {
  const auto ends = MakeSocketPair();
  for (const int fd : {ends.first.get(), ends.second.get()}) {
    EXPECT_NE(::fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
    EXPECT_NE(::fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
  }
}

TEST(FrameBuffer, GivesBackWhatAnOutsizedFrameNeeded) {
  FrameBuffer buffer;
  buffer.Fit(1 << 20);
  const char* kept = buffer.data();
  buffer.Fit(1 << 10);
  EXPECT_EQ(buffer.data(), kept);
  buffer.Fit(60 << 20);
  EXPECT_GE(buffer.capacity(), 60U << 20);
  buffer.Fit(1 << 20);
  EXPECT_LE(buffer.capacity(), FrameBuffer::kKeep);
  buffer.data()[(1 << 20) - 1] = 'x';
}

}  // namespace
}  // namespace connhost
