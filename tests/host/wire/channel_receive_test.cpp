#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/host/wire/socket_peer.h"

namespace connhost {
namespace {

using Progress = Channel::Progress;

std::string Pattern(size_t size) {
  std::string bytes(size, '\0');
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 251);
  return bytes;
}

// Pushes all bytes through, as much as the socket takes at a time, and gathers the payloads.
std::vector<std::string> Pump(Line* line, std::string_view bytes) {
  std::vector<std::string> payloads;
  Frame frame;
  while (true) {
    bytes.remove_prefix(bytes.empty() ? 0 : line->peer.SendSome(bytes));
    const Progress progress = line->channel.Receive(&frame);
    if (progress == Progress::kDone) {
      EXPECT_EQ(reinterpret_cast<uintptr_t>(frame.payload.data()) % 64, 0U);
      payloads.emplace_back(frame.payload);
    }
    if (progress == Progress::kWouldBlock && bytes.empty()) return payloads;
    if (progress == Progress::kClosed) return payloads;
  }
}

TEST(ChannelReceive, HasNothingYet) {
  Line line;
  Frame frame;
  EXPECT_EQ(line.channel.Receive(&frame), Progress::kWouldBlock);
  EXPECT_FALSE(line.channel.mid_frame());
}

TEST(ChannelReceive, ReadsHeaderAndPayload) {
  Line line(Channel::Side::kWorker);
  line.peer.SendSome(RawFrame(9, kFlagLast, 77, "{\"at\":1}"));
  Frame frame;
  ASSERT_EQ(line.channel.Receive(&frame), Progress::kDone);
  EXPECT_EQ(frame.type, FrameType::kCommit);
  EXPECT_EQ(frame.flags, kFlagLast);
  EXPECT_EQ(frame.argument, 77U);
  EXPECT_EQ(frame.payload, "{\"at\":1}");
  EXPECT_FALSE(line.channel.mid_frame());
}

TEST(ChannelReceive, AssemblesFramesThatArriveByteByByte) {
  Line line;
  const std::string bytes = RawFrame(FrameType::kLog, "first") + RawFrame(FrameType::kAlive, "") +
                            RawFrame(FrameType::kLog, "third");
  std::vector<std::string> payloads;
  Frame frame;
  for (const char byte : bytes) {
    line.peer.SendSome({&byte, 1});
    while (line.channel.Receive(&frame) == Progress::kDone) payloads.emplace_back(frame.payload);
  }
  EXPECT_EQ(payloads, (std::vector<std::string>{"first", "", "third"}));
}

TEST(ChannelReceive, AssemblesFramesWhereverTheyAreCut) {
  const std::string bytes =
      RawFrame(FrameType::kLog, Pattern(40)) + RawFrame(FrameType::kConsole, Pattern(30));
  for (size_t cut = 0; cut <= bytes.size(); ++cut) {
    Line line;
    std::vector<std::string> payloads = Pump(&line, bytes.substr(0, cut));
    EXPECT_EQ(line.channel.mid_frame(), cut != 0 && cut != 56 && cut != bytes.size()) << cut;
    for (std::string& payload : Pump(&line, bytes.substr(cut))) payloads.push_back(payload);
    EXPECT_EQ(payloads, (std::vector<std::string>{Pattern(40), Pattern(30)})) << cut;
  }
}

TEST(ChannelReceive, TakesFramesOfEverySizeInARow) {
  Line line;
  std::string bytes;
  std::vector<std::string> expected;
  for (const size_t size : {0UL, 1UL, 15UL, 4079UL, 4080UL, 4081UL, 4096UL, 65536UL, 1000003UL, 3UL,
                            5UL << 20, 0UL, 100UL, 300000UL, 4097UL}) {
    expected.push_back(Pattern(size));
    bytes += RawFrame(FrameType::kConsole, expected.back());
  }
  EXPECT_EQ(Pump(&line, bytes), expected);
}

TEST(ChannelReceive, TakesManySmallFramesFromOneRead) {
  Line line;
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += RawFrame(FrameType::kLog, std::to_string(i));
  const std::vector<std::string> payloads = Pump(&line, bytes);
  ASSERT_EQ(payloads.size(), 1000U);
  EXPECT_EQ(payloads.back(), "999");
}

TEST(ChannelReceive, TellsACloseBetweenFramesFromATornFrame) {
  for (const bool torn : {false, true}) {
    Line line;
    line.peer.SendSome(RawFrame(FrameType::kLog, "whole"));
    if (torn) line.peer.SendSome(RawFrame(FrameType::kLog, "cut short").substr(0, 20));
    line.peer.Close();
    Frame frame;
    EXPECT_EQ(line.channel.Receive(&frame), Progress::kDone);
    EXPECT_EQ(line.channel.Receive(&frame), Progress::kClosed);
    EXPECT_EQ(line.channel.mid_frame(), torn);
    EXPECT_EQ(line.channel.Receive(&frame), Progress::kClosed);
  }
}

TEST(ChannelReceive, SeesATornHeader) {
  Line line;
  line.peer.SendSome(std::string(15, '\1'));
  line.peer.Close();
  Frame frame;
  EXPECT_EQ(line.channel.Receive(&frame), Progress::kClosed);
  EXPECT_TRUE(line.channel.mid_frame());
}

TEST(ChannelReceive, ReadsWhatAPeerSentBeforeItWentWithUnreadInput) {
  Line line;
  ASSERT_EQ(line.channel.StartSend(FrameType::kCancel, 0, ""), Progress::kDone);
  line.peer.SendSome(RawFrame(FrameType::kLog, "last words"));
  line.peer.Close();  // with the CANCEL unread: the kernel answers ECONNRESET
  Frame frame;
  ASSERT_EQ(line.channel.Receive(&frame), Progress::kDone);
  EXPECT_EQ(frame.payload, "last words");
  EXPECT_EQ(line.channel.Receive(&frame), Progress::kClosed);
}

struct BadHeader {
  const char* name;
  Channel::Side side;
  uint16_t type;
  uint16_t flags;
  int64_t length;
  const char* sentence;
};

constexpr auto kHost = Channel::Side::kHost;
constexpr auto kWorker = Channel::Side::kWorker;

class Faulty : public testing::TestWithParam<BadHeader> {};

TEST_P(Faulty, IsRefusedWithASentence) {
  const BadHeader& bad = GetParam();
  Line line(bad.side);
  line.peer.SendSome(RawFrame(bad.type, bad.flags, 0, "", bad.length));
  Frame frame;
  for (int attempt = 0; attempt < 2; ++attempt) {
    try {
      line.channel.Receive(&frame);
      FAIL() << "accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInternal);
      EXPECT_NE(std::string(error.what()).find(bad.sentence), std::string::npos) << error.what();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Headers, Faulty,
    testing::Values(
        BadHeader{"TypeZero", kHost, 0, 0, 0, "the worker sent a frame of type 0"},
        BadHeader{"TypeUnknown", kHost, 13, 0, 0, "a frame of type 13, which protocol 1"},
        BadHeader{"TypeHuge", kWorker, 65535, 0, 0, "the host sent a frame of type 65535"},
        BadHeader{"HelloToHost", kHost, 1, 0, 10, "the worker sent a HELLO frame, which only"},
        BadHeader{"CommitToHost", kHost, 9, 1, 10, "the worker sent a COMMIT frame"},
        BadHeader{"ResultToWorker", kWorker, 21, 0, 8, "the host sent a RESULT frame"},
        BadHeader{"AliveToWorker", kWorker, 30, 0, 0, "the host sent a ALIVE frame"},
        BadHeader{"Flags", kHost, 8, 1, 100, "a BATCH frame has the flags 1"},
        BadHeader{"FlagsOfCommit", kWorker, 9, 3, 10, "a COMMIT frame has the flags 3"},
        BadHeader{"GiantLength", kHost, 8, 0, 0xFFFFFFFF, "claims a payload of 4294967295 bytes"},
        BadHeader{"LengthAbove", kHost, 22, 0, kMaxPayload + 1, "expected 0 to 67108864"},
        BadHeader{"StateTooLong", kHost, 24, 0, kMaxState + 1, "expected 0 to 1048576"},
        BadHeader{"BatchTooShort", kHost, 8, 0, 31, "a BATCH frame claims a payload of 31 bytes"},
        BadHeader{"AliveWithPayload", kHost, 30, 0, 1, "a payload of 1 bytes; expected 0"},
        BadHeader{"ProgressTooLong", kHost, 26, 0, 9, "a payload of 9 bytes; expected 8"}),
    [](const auto& header) { return header.param.name; });

TEST(ChannelReceive, AcceptsALengthAtTheLimitAndWaits) {
  Line line;
  line.peer.SendSome(RawFrame(22, 0, 0, "", kMaxPayload));
  Frame frame;
  EXPECT_EQ(line.channel.Receive(&frame), Progress::kWouldBlock);
  EXPECT_TRUE(line.channel.mid_frame());
}

}  // namespace
}  // namespace connhost
