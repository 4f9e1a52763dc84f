// Every fault does what it is named for, behind the row it is asked for, once or always.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <connhost/testing.hpp>
#include <csignal>

extern "C" const connhost_plugin connhost_plugin_v1;

namespace connhost::faker {
namespace {

constexpr const char* kRequest = R"({"stream":"people","sync":"incremental"})";

std::string Config(const std::string& fault, const std::string& more = "") {
  return "{\"rows\":30,\"fail_at\":20,\"fault\":\"" + fault + "\"" + more + "}";
}

sdk::ReadResult ReadWith(const std::string& config, const std::string& state = "") {
  sdk::PluginTest source(connhost_plugin_v1, config);
  return source.Read(kRequest, state);
}

// Reads in a child process after `prepare`; gives its wait status.
template <class Prepare>
int ReadInChild(const std::string& config, Prepare&& prepare) {
  const pid_t child = fork();
  if (child == 0) {
    prepare();
    _exit(ReadWith(config).status == CONNHOST_OK ? 0 : 1);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return status;
}

void LimitCpuToOneSecond() {
  const rlimit limit{1, 1};
  setrlimit(RLIMIT_CPU, &limit);
}

TEST(Fault, FailsWithItsStatusBehindItsRow) {
  const std::pair<const char*, connhost_status> faults[] = {
      {"auth", CONNHOST_AUTH},           {"config", CONNHOST_CONFIG},
      {"transient", CONNHOST_TRANSIENT}, {"throttled", CONNHOST_THROTTLED},
      {"throw", CONNHOST_INTERNAL},
  };
  for (const auto& [name, status] : faults) {
    const sdk::ReadResult result = ReadWith(Config(name));
    EXPECT_EQ(result.status, status) << name;
    EXPECT_NE(result.sentence.find("on demand, behind row 20"), std::string::npos);
    EXPECT_EQ(result.rows.size(), 20U);
    ASSERT_EQ(result.states.size(), 1U);
    const sdk::ReadResult rest = ReadWith(Config(name), result.states[0]);
    EXPECT_EQ(rest.status, CONNHOST_OK) << name << " is spared behind its row";
    EXPECT_EQ(rest.rows.size(), 10U);
  }
}

TEST(Fault, ComesAlwaysWhenAsked) {
  const sdk::ReadResult rest =
      ReadWith(Config("transient", R"(,"fail_always":true)"), R"({"next":25})");
  EXPECT_EQ(rest.status, CONNHOST_TRANSIENT);
  EXPECT_TRUE(rest.rows.empty());
}

TEST(Fault, NoneAndOneBehindTheEndDoNothing) {
  EXPECT_EQ(ReadWith(Config("none")).rows.size(), 30U);
  EXPECT_EQ(ReadWith(R"({"rows":10,"fail_at":11,"fault":"crash"})").rows.size(), 10U);
}

TEST(Fault, ThrottledSaysHowLongToWait) {
  sdk::PluginTest source(connhost_plugin_v1, Config("throttled", R"(,"retry_after_ms":77)"));
  source.Read(kRequest);
  EXPECT_EQ(source.host.retry_after_ms, 77U);
}

TEST(Fault, StaleCursorRefusesAStateButNotAFullRead) {
  EXPECT_EQ(ReadWith(Config("stale_cursor")).rows.size(), 30U);
  EXPECT_EQ(ReadWith(Config("stale_cursor"), R"({"next":31})").status, CONNHOST_STALE_CURSOR);
  EXPECT_EQ(ReadWith(Config("stale_cursor"), R"({"next":5})").status, CONNHOST_OK);
  EXPECT_EQ(ReadWith(Config("none"), R"({"other":1})").status, CONNHOST_STALE_CURSOR);
  EXPECT_EQ(ReadWith(Config("none"), R"({"next":"x"})").status, CONNHOST_STALE_CURSOR);
}

TEST(Fault, BadStateIsNoJson) {
  const sdk::ReadResult result = ReadWith(Config("bad_state"));
  EXPECT_EQ(result.status, CONNHOST_OK);
  ASSERT_EQ(result.states.size(), 3U);
  EXPECT_FALSE(sdk::IsJson(result.states[1]));
}

TEST(Fault, AuthFails) {
  sdk::PluginTest source(connhost_plugin_v1, R"({"auth":"fail"})");
  EXPECT_EQ(source.Authenticate(), CONNHOST_AUTH);
  EXPECT_EQ(sdk::PluginTest(connhost_plugin_v1, "{}").Authenticate(), CONNHOST_OK);
}

TEST(FaultOfTheProcess, CrashIsASegmentationFault) {
  const int status = ReadInChild(Config("crash"), [] {});
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGSEGV);
}

TEST(FaultOfTheProcess, ExitEndsItWithSeven) {
  const int status = ReadInChild(Config("exit"), [] {});
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST(FaultOfTheProcess, SpinUsesUpTheProcessorTime) {
  const int status = ReadInChild(Config("spin"), LimitCpuToOneSecond);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
}

TEST(FaultOfTheProcess, HangSleepsUntilASignal) {
  const int status = ReadInChild(Config("hang"), [] { alarm(1); });
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGALRM);
}

TEST(FaultOfTheProcess, GarbageGoesToDescriptorThree) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const int status = ReadInChild(Config("garbage"), [&] { dup2(ends[1], 3); });
  EXPECT_EQ(status, 0) << "the read goes on";
  close(ends[1]);
  char bytes[64] = {};
  EXPECT_GT(read(ends[0], bytes, sizeof bytes), 8);
  close(ends[0]);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(FaultOfTheProcess, LeakTakesAllThereIs) {
  const int status = ReadInChild(Config("leak"), [] {
    const rlimit limit{256U << 20, 256U << 20};
    setrlimit(RLIMIT_AS, &limit);
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 1) << "the last request for memory fails";
}
#endif

}  // namespace
}  // namespace connhost::faker
