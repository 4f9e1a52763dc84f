// Guests that live but break the contract: the call fails with a sentence that names the breach.
#include "host/wire/batch.h"
#include "tests/host/process/guest_fixture.h"

namespace connhost {
namespace {

class MisbehavingGuest : public GuestTest {};

struct Breach {
  const char* plugin;
  Options options;
  const char* kind;
  const char* said;
};

TEST_F(MisbehavingGuest, IsNamed) {
  const Breach breaches[] = {
      {"throws", {{"what", "std"}}, "internal", "an exception left the plugin: thrown from read"},
      {"throws", {{"what", "number"}}, "internal", "an exception of an unknown type"},
      {"throws", {{"what", "memory"}}, "internal", "std::bad_alloc"},
      {"silent", {{"status", "4"}}, "transient", "without saying why (status TRANSIENT)"},
      {"silent", {{"status", "5"}}, "throttled", "without saying why (status THROTTLED)"},
      {"silent", {{"status", "42"}}, "internal", "the status 42"},
      {"silent", {{"status", "-1"}}, "internal", "the status -1"},
      {"no_checkpoint", {}, "internal", "without a checkpoint"},
      {"no_schema", {}, "internal", "before the schema"},
      {"huge_record", {}, "internal", "67108968 bytes; at most 67108864"},
      {"huge_state", {}, "internal", "a checkpoint's state of 2097152 bytes"},
      {"false_batch", {{"what", "first"}}, "internal", "column 'name': the first offset is 1"},
      {"false_batch", {{"what", "negative"}}, "internal", "column 'name'"},
      {"false_batch", {{"what", "rows"}}, "internal", "2147483648 rows"},
      {"false_batch", {{"what", "release"}}, "internal", "released before it was emitted"},
      {"false_batch", {{"what", "children"}}, "internal", "NULL pointer"},
      {"false_batch", {{"what", "nulls"}}, "internal", "column 'id': the null count is 2"},
      {"empty_tables", {}, "unsupported", "this source cannot create"},
      {"talks", {}, "unsupported", "no console"},
  };
  for (const Breach& breach : breaches) {
    const Outcome outcome = Read(breach.plugin, breach.options);
    EXPECT_EQ(outcome.kind, breach.kind) << breach.plugin << ": " << outcome.sentence;
    EXPECT_TRUE(Contains(outcome.sentence, breach.said))
        << breach.said << " in: " << outcome.sentence;
    EXPECT_TRUE(Contains(outcome.sentence, std::string("connector ") + breach.plugin + ": "));
  }
}

// What only the reader of the values can see is caught when the frame is decoded.
TEST_F(MisbehavingGuest, ValuesThatLieDoNotPassTheDecoder) {
  for (const char* what : {"falling", "utf8"}) {
    WorkerSession session(Spec("false_batch"), -1, Sink());
    StartReading(session, {{"what", what}});
    Schema schema;
    BatchView batch;
    const Outcome outcome = OutcomeOf([&] {
      session.AwaitResult([&](const Frame& frame) {
        if (frame.type == FrameType::kSchema) schema = DecodeSchema(frame.payload, frame.argument);
        if (frame.type == FrameType::kBatch) DecodeBatch(frame.payload, schema, &batch);
      });
    });
    EXPECT_TRUE(Contains(outcome.sentence, "protocol fault: column 'name'")) << outcome.sentence;
  }
}

TEST_F(MisbehavingGuest, NamesStreamsForEver) {
  WorkerSession session(Spec("endless_catalog"), -1, Sink());
  session.Call(FrameType::kCreate, 0, "{}");
  const Outcome outcome = OutcomeOf([&] { session.Call(FrameType::kDiscover, 0, {}); });
  EXPECT_EQ(outcome.kind, "internal");
  EXPECT_TRUE(Contains(outcome.sentence, "more than 10000 streams")) << outcome.sentence;
}

TEST_F(MisbehavingGuest, CallBeforeCreateIsRefused) {
  WorkerSession session(Spec("good_source"), -1, Sink());
  const Outcome outcome = OutcomeOf([&] { session.Call(FrameType::kAuthenticate, 0, {}); });
  EXPECT_EQ(outcome.kind, "internal");
  EXPECT_TRUE(Contains(outcome.sentence, "AUTHENTICATE came before")) << outcome.sentence;
}

TEST_F(MisbehavingGuest, ConsoleReachesItsSinkWhenGranted) {
  WorkerSpec spec = Spec("talks");
  spec.console = true;
  std::string printed;
  WorkerSession session(spec, -1, Sink(), [&](std::string_view bytes) { printed += bytes; });
  StartReading(session, {});
  session.AwaitResult();
  EXPECT_EQ(printed, "hello, console\n");
}

}  // namespace
}  // namespace connhost
