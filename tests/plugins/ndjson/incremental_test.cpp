// Runs that go on where the last one ended, by what is known of each file.
#include <gtest/gtest.h>

#include "tests/plugins/ndjson/input_folder.h"

namespace connhost::ndjson {
namespace {

using Texts = std::vector<std::string>;

// Runs one after another on one folder.
class Incremental : public testing::Test {
 protected:
  Texts Run(const std::string& stream = "x") {
    result_ = ReadAll(folder_.Config(""), Request(stream, "", "incremental"), state_);
    EXPECT_EQ(result_.status, CONNHOST_OK) << result_.sentence;
    if (!result_.states.empty()) state_ = result_.states.back();
    return Documents(result_);
  }
  InputFolder folder_;
  std::string state_;
  sdk::ReadResult result_;
};

TEST_F(Incremental, ReadsWhatWasAppended) {
  folder_.Write("x.ndjson", "{\"a\":1}\n{\"a\":2}\n");
  EXPECT_EQ(Run(), (Texts{"{\"a\":1}", "{\"a\":2}"}));
  EXPECT_EQ(Run(), Texts());
  folder_.Append("x.ndjson", "\n{\"a\":3}\n");
  EXPECT_EQ(Run(), (Texts{"{\"a\":3}"}));
  EXPECT_EQ(result_.positions, (Texts{"x.ndjson:4"}));
  EXPECT_EQ(Run(), Texts());
}

TEST_F(Incremental, LeavesALineThatIsStillBeingWritten) {
  folder_.Write("x.ndjson", "{\"a\":1}\n{\"a\":");
  EXPECT_EQ(Run(), (Texts{"{\"a\":1}"}));
  folder_.Append("x.ndjson", "2}");
  EXPECT_EQ(Run(), (Texts{"{\"a\":2}"})) << "complete, though its end is missing";
  EXPECT_EQ(Run(), Texts());
  folder_.Append("x.ndjson", "\n");
  EXPECT_EQ(Run(), Texts());
  folder_.Append("x.ndjson", "{\"a\":3}\n");
  EXPECT_EQ(Run(), (Texts{"{\"a\":3}"}));
  EXPECT_EQ(result_.positions, (Texts{"x.ndjson:3"}));
}

TEST_F(Incremental, ANumberMayStillGrow) {
  folder_.Write("x.ndjson", "1\n2");
  EXPECT_EQ(Run(), (Texts{"1"}));
  folder_.Append("x.ndjson", "34\n");
  EXPECT_EQ(Run(), (Texts{"234"}));
}

TEST_F(Incremental, ReadsAReplacedFileFromItsStart) {
  folder_.Write("x.ndjson", "{\"a\":1}\n{\"a\":2}\n");
  Run();
  folder_.Write("x.ndjson", "{\"b\":1}\n{\"b\":2}\n{\"b\":3}\n");
  EXPECT_EQ(Run().size(), 3U);
  folder_.Write("x.ndjson", "{\"b\":1}\n");
  EXPECT_EQ(Run().size(), 1U) << "cut";
}

TEST_F(Incremental, ReadsNewFilesAndForgetsGoneOnes) {
  folder_.Write("x.ndjson", "{\"a\":1}\n");
  Run();
  folder_.Write("sub.txt", "");
  folder_.Write("x.jsonl", "{\"a\":2}\n");
  EXPECT_EQ(Run(), (Texts{"{\"a\":2}"}));
  std::filesystem::remove(folder_.path("x.ndjson"));
  EXPECT_EQ(Run(), Texts());
  EXPECT_EQ(state_.find("x.ndjson"), std::string::npos) << state_;
}

TEST_F(Incremental, PackedFilesAreReadOnceAndGrowByMembers) {
  folder_.Write("x.ndjson.gz", Gzip("{\"a\":1}\n"));
  EXPECT_EQ(Run(), (Texts{"{\"a\":1}"}));
  EXPECT_EQ(Run(), Texts());
  folder_.Append("x.ndjson.gz", Gzip("{\"a\":2}\n"));
  EXPECT_EQ(Run(), (Texts{"{\"a\":2}"}));
  EXPECT_EQ(result_.positions, (Texts{"x.ndjson.gz:2"}));
  EXPECT_EQ(Run(), Texts());
}

TEST_F(Incremental, AnArrayIsReadAgainWhenItChanged) {
  folder_.Write("x.json", "[1,2]");
  EXPECT_EQ(Run().size(), 2U);
  EXPECT_EQ(Run().size(), 0U);
  folder_.Write("x.json", "[1,2,3]");
  EXPECT_EQ(Run().size(), 3U);
}

TEST_F(Incremental, AStateOfAnotherShapeIsStale) {
  folder_.Write("x.ndjson", "{}\n");
  for (const char* state : {R"({"files":[{"name":1}]})", R"({"files":[{"name":"x","line":"y"}]})",
                            R"({"of":"another"})", "[]", "7"}) {
    EXPECT_EQ(ReadAll(folder_.Config(""), Request("x", "", "incremental"), state).status,
              CONNHOST_STALE_CURSOR)
        << state;
  }
}

TEST_F(Incremental, TooManyFilesForAStateAreASentence) {
  std::string state = R"({"files":[)";
  const std::string name(200, 'n');
  for (int i = 0; i < 5000; ++i) {
    folder_.Write(name + std::to_string(i) + ".json", "");
    state +=
        (i == 0 ? "{" : ",{") + std::string(R"("name":")") + name + std::to_string(i) + ".json\"}";
  }
  const sdk::ReadResult result = ReadAll(folder_.Config("", R"(,"stream":"x")"),
                                         Request("x", "", "incremental"), state + "]}");
  EXPECT_EQ(result.status, CONNHOST_CONFIG);
  EXPECT_NE(result.sentence.find("larger than 1 MiB"), std::string::npos) << result.sentence;
  EXPECT_EQ(ReadAll(folder_.Config("", R"(,"stream":"x")"), Request("x")).status, CONNHOST_OK);
}

}  // namespace
}  // namespace connhost::ndjson
