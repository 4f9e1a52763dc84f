// Frames out of order: every type against every call.
#include "host/process/call_rules.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace connhost {
namespace {

using enum FrameType;

TEST(CallRules, EachCallTakesItsOwnFramesOnly) {
  const std::map<FrameType, std::set<FrameType>> allowed = {
      {kHello, {kReady}},
      {kCreate, {}},
      {kAuthenticate, {}},
      {kDiscover, {kStream}},
      {kRead, {kSchema, kBatch, kCheckpoint, kReject, kProgress}},
      {kRecover, {kRecovered}},
      {kSchema, {kReject}},
      {kBatch, {kReject}},
      {kFlush, {kReject}},
      {kCommit, {kReject, kReceipt}},
  };
  for (const auto& [call, frames] : allowed) {
    for (auto type : {kSchema, kBatch, kReady, kStream, kCheckpoint, kReject, kProgress, kRecovered,
                      kReceipt}) {
      EXPECT_EQ(MayArrive(Frame{type, 0, 0, {}}, call), frames.contains(type))
          << FrameTypeName(type) << " during " << CallName(call);
      EXPECT_FALSE(MayArrive(Frame{type, 0, 0, {}}, std::nullopt)) << FrameTypeName(type);
    }
    EXPECT_STRNE(CallName(call), "");
    EXPECT_TRUE(MayArrive(Frame{kLog, 0, 0, {}}, call));
    EXPECT_TRUE(MayArrive(Frame{kResult, 0, 8, {}}, call)) << "every call may fail";
  }
}

TEST(CallRules, NoAnswerMeansSuccessAfterHelloAndBatch) {
  const Frame ok{kResult, 0, 0, {}};
  EXPECT_FALSE(MayArrive(ok, kHello));
  EXPECT_FALSE(MayArrive(ok, kBatch));
  EXPECT_FALSE(MayArrive(ok, std::nullopt));
  EXPECT_TRUE(MayArrive(ok, kRead));
}

TEST(CallRules, StatusesBeyondTheContractHaveNoKind) {
  EXPECT_EQ(KindOfStatus(4), ErrorKind::kTransient);
  EXPECT_FALSE(KindOfStatus(0).has_value());
  EXPECT_FALSE(KindOfStatus(9).has_value());
  EXPECT_FALSE(KindOfStatus(~uint64_t{0}).has_value());
}

}  // namespace
}  // namespace connhost
