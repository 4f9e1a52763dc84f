// Guests that keep the contract: what they send arrives, as it was sent and in order.
#include <connhost/arrow.h>

#include "host/wire/batch.h"
#include "tests/host/process/guest_fixture.h"

namespace connhost {
namespace {

class GoodGuest : public GuestTest {};

struct Collected {
  uint64_t rows = 0;
  int64_t sum = 0;
  std::vector<std::string> states;
  std::string order;  // one letter a frame
};

Collected Collect(WorkerSession& session) {
  Collected all;
  Schema schema;
  BatchView batch;
  session.AwaitResult([&](const Frame& frame) {
    all.order += FrameTypeName(frame.type)[0];
    if (frame.type == FrameType::kSchema) schema = DecodeSchema(frame.payload, frame.argument);
    if (frame.type == FrameType::kCheckpoint) all.states.emplace_back(frame.payload);
    if (frame.type != FrameType::kBatch) return;
    DecodeBatch(frame.payload, schema, &batch);
    EXPECT_EQ(batch.origin, "numbers");
    EXPECT_EQ(batch.first, all.rows + 1);
    const auto* ids = reinterpret_cast<const int64_t*>(batch.columns[0].data);
    for (uint32_t row = 0; row < batch.rows; ++row) all.sum += ids[row];
    all.rows += batch.rows;
  });
  return all;
}

TEST_F(GoodGuest, SourceIsReadToItsEnd) {
  WorkerSession session(Spec("good_source"), -1, Sink());
  session.Call(FrameType::kCreate, 0, ConfigOf({{"batches", "3"}, {"rows", "1000"}}));
  session.Call(FrameType::kAuthenticate, 0, {});
  std::string streams;
  session.Call(FrameType::kDiscover, 0, {}, 0, [&](const Frame& frame) {
    EXPECT_EQ(frame.type, FrameType::kStream);
    streams += frame.payload;
  });
  EXPECT_EQ(streams, R"({"name":"numbers","fields":[]})");
  const std::string request = R"({"stream":"numbers","sync":"full"})";
  session.Send(FrameType::kRead, request.size(), request);
  const Collected all = Collect(session);
  EXPECT_EQ(all.rows, 3000U);
  EXPECT_EQ(all.sum, 3000 * 2999 / 2);
  EXPECT_EQ(all.states, (std::vector<std::string>{"1", "2", "3"}));
  EXPECT_EQ(all.order, "SBPCBPCBPC");
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_EQ(lines_[0].text, "reading numbers");
  EXPECT_EQ(lines_[0].origin, "log");
  const GuestExit exit = session.Close(std::chrono::seconds(10));
  EXPECT_TRUE(exit.clean) << exit.sentence;
  EXPECT_GT(exit.peak_memory_bytes, uint64_t{1} << 20);
}

TEST_F(GoodGuest, SourceGoesOnFromItsState) {
  WorkerSession session(Spec("good_source"), -1, Sink());
  StartReading(session, {{"batches", "3"}, {"rows", "10"}}, "3");
  EXPECT_EQ(Collect(session).rows, 0U);
}

TEST_F(GoodGuest, ReadyTellsWhoItIsAndWhatTheKernelEnforces) {
  const WorkerSession session(Spec("good_source"), -1, {});
  const Json& ready = session.ready();
  EXPECT_STREQ(ready["plugin"]["id"].GetString(), "broken");
  EXPECT_TRUE(ready["plugin"]["source"].GetBool());
  EXPECT_FALSE(ready["plugin"]["destination"].GetBool());
  EXPECT_TRUE(ready["sandbox"]["no_new_privs"].GetBool());
  EXPECT_EQ(ready["sandbox"]["memory_limit"].GetUint64(), kSanitized ? 0 : uint64_t{512} << 20);
}

TEST_F(GoodGuest, DescribeNamesAPluginOfAnyRole) {
  EXPECT_TRUE(DescribePlugin(Spec("good_destination"))["destination"].GetBool());
}

std::string EncodedNumbers(const std::vector<int64_t>& ids, Schema* schema) {
  schema->columns = {{"id", ColumnType::kInt64, false}, {"name", ColumnType::kUtf8, true}};
  const std::vector<int32_t> offsets(ids.size() + 1, 0);
  const void* id_buffers[] = {nullptr, ids.data()};
  const void* name_buffers[] = {nullptr, offsets.data(), ""};
  const auto release = [](ArrowArray*) {};
  const auto rows = static_cast<int64_t>(ids.size());
  ArrowArray id{rows, 0, 0, 2, 0, id_buffers, nullptr, nullptr, release, nullptr};
  ArrowArray name{rows, 0, 0, 3, 0, name_buffers, nullptr, nullptr, release, nullptr};
  ArrowArray* columns[] = {&id, &name};
  const void* none[] = {nullptr};
  const ArrowArray all{rows, 0, 0, 1, 2, none, columns, nullptr, release, nullptr};
  BatchEncoder encoder;
  std::string payload;
  for (const iovec& part : encoder.Encode(all, *schema, nullptr)) {
    payload.append(static_cast<const char*>(part.iov_base), part.iov_len);
  }
  return payload;
}

TEST_F(GoodGuest, DestinationWritesRejectsCommitsAndRecovers) {
  WorkerSession session(Spec("good_destination", WorkerRole::kDestination), -1, Sink());
  Schema schema;
  const std::string batch = EncodedNumbers({1, 2, 3, 4, 5, 6}, &schema);
  session.Call(FrameType::kCreate, 0, ConfigOf({{"reject", "3"}}));
  session.Call(FrameType::kRecover, 0, "{}");
  session.Call(FrameType::kSchema, 2, EncodeSchema(schema));
  session.Send(FrameType::kBatch, 7, batch);
  session.Send(FrameType::kBatch, 7, batch);
  std::vector<uint64_t> rejected;
  uint64_t records = 0;
  session.Call(FrameType::kFlush, 0, {}, 0,
               [&](const Frame& frame) { rejected.push_back(frame.argument); });
  session.Call(FrameType::kCommit, 7, "{\"at\":1}", kFlagLast, [&](const Frame& frame) {
    EXPECT_EQ(frame.type, FrameType::kReceipt);
    if (frame.type == FrameType::kReceipt) records = frame.argument;
  });
  EXPECT_EQ(rejected, (std::vector<uint64_t>{2, 5, 2, 5}));
  EXPECT_EQ(records, 8U);
  uint64_t sequence = 0;
  session.Call(FrameType::kRecover, 0, "{}", 0, [&](const Frame& frame) {
    sequence = frame.argument;
    EXPECT_EQ(frame.payload, "{\"at\":1}");
  });
  EXPECT_EQ(sequence, 7U);
  EXPECT_TRUE(session.Close(std::chrono::seconds(10)).clean);
}

TEST_F(GoodGuest, ManyThousandRejectionsWhileTheHostIsSending) {
  WorkerSession session(Spec("good_destination", WorkerRole::kDestination), -1, Sink());
  Schema schema;
  const std::string batch = EncodedNumbers(std::vector<int64_t>(kMaxRows, 0), &schema);
  session.Call(FrameType::kCreate, 0, ConfigOf({{"reject", "1"}}));
  session.Call(FrameType::kSchema, 2, EncodeSchema(schema));
  for (int i = 0; i < 4; ++i) session.Send(FrameType::kBatch, 1, batch);
  uint64_t rejected = 0;
  session.Call(FrameType::kCommit, 1, "{}", 0,
               [&](const Frame& frame) { rejected += frame.type == FrameType::kReject; });
  EXPECT_EQ(rejected, 4U * kMaxRows);
}

TEST_F(GoodGuest, EmitWaitsForTheHostAndMemoryStaysBounded) {
  WorkerSpec spec = Spec("good_source");
  WorkerSession session(spec, -1, Sink());
  StartReading(session, {{"batches", "800"}, {"rows", "8192"}});
  uint64_t rows = 0;
  BatchView batch;
  Schema schema;
  session.AwaitResult([&](const Frame& frame) {
    if (frame.type == FrameType::kSchema) schema = DecodeSchema(frame.payload, frame.argument);
    if (frame.type != FrameType::kBatch) return;
    DecodeBatch(frame.payload, schema, &batch);
    rows += batch.rows;
  });
  EXPECT_EQ(rows, 800U * 8192);
  const GuestExit exit = session.Close(std::chrono::seconds(10));
  EXPECT_LT(exit.peak_memory_bytes, uint64_t{64} << 20) << "100 MB went through";
}

TEST_F(GoodGuest, CloseInTheMiddleOfAReadIsClean) {
  WorkerSession session(Spec("good_source"), -1, Sink());
  StartReading(session, {{"batches", "100000"}, {"rows", "8192"}});
  EXPECT_EQ(session.Receive().type, FrameType::kSchema);
  const GuestExit exit = session.Close(std::chrono::seconds(10));
  EXPECT_TRUE(exit.clean) << exit.sentence;
  EXPECT_EQ(session.Kill().sentence, exit.sentence) << "the end is told once";
}

TEST_F(GoodGuest, WhatItLogsAtItsEndIsKeptWithItsLevel) {
  for (int i = 0; i < 10; ++i) {
    lines_.clear();
    WorkerSession session(Spec("says_goodbye"), -1, Sink());
    session.Call(FrameType::kCreate, 0, "{}");
    EXPECT_TRUE(session.Close(std::chrono::seconds(10)).clean);
    ASSERT_EQ(lines_.size(), 100U);
    EXPECT_EQ(lines_.back().level, 2);
    EXPECT_EQ(lines_.back().text, "goodbye");
  }
}

TEST_F(GoodGuest, PollTakesWhatHasArrivedAndDoesNotWait) {
  WorkerSession session(Spec("patient_source"), -1, Sink());
  EXPECT_FALSE(session.Poll().has_value());
  StartReading(session, {});
  EXPECT_FALSE(session.Poll().has_value());
  EXPECT_TRUE(session.Close(std::chrono::seconds(10)).clean);
}

TEST_F(GoodGuest, FiftySessionsLeaveNothing) {
  for (int i = 0; i < 50; ++i) {
    WorkerSession session(Spec("good_source"), -1, Sink());
    if (i % 2 == 0) StartReading(session, {{"batches", "100000"}, {"rows", "100"}});
  }
}

// Of a hundred lines for each instance that is destroyed.
TEST_F(GoodGuest, AnInstanceIsReplacedWhenTheHostSaysSo) {
  WorkerSession session(Spec("says_goodbye"), -1, Sink());
  session.Call(FrameType::kCreate, 0, "{}");
  EXPECT_TRUE(lines_.empty());
  session.Call(FrameType::kCreate, 0, "{}", kFlagReplace);
  EXPECT_EQ(lines_.size(), 100U);
  const Outcome twice = OutcomeOf([&] { session.Call(FrameType::kCreate, 0, "{}"); });
  EXPECT_TRUE(Contains(twice.sentence, "CREATE came twice")) << twice.sentence;
  EXPECT_GT(session.pid(), 0);
  EXPECT_TRUE(session.Close(std::chrono::seconds(10)).clean);
  EXPECT_EQ(session.pid(), -1);
  EXPECT_EQ(lines_.size(), 200U);
}

}  // namespace
}  // namespace connhost
