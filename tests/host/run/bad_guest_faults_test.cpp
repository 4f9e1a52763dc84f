// Guests that die, hang, lie or ask for too much: their own run fails with its cause, and nothing
// else does.
#include "host/run/run_log.h"
#include "tests/host/run/bad_guest_fixture.h"

namespace connhost {
namespace {

TEST_F(BadGuestTest, LibrariesThatAreNoPlugins) {
  ExpectAllFail({
      {"no_symbol", "{}", "unsupported", "no_symbol.so exports no symbol connhost_plugin_v1"},
      {"wrong_major", "{}", "unsupported", "major 99"},
      {"undefined_symbol", "{}", "unsupported", "function_that_nobody_defines"},
      {"empty_tables", "{}", "unsupported", "this source cannot create"},
      {"crashing_constructor", "{}", "transient", "signal 11 (SIGSEGV) while it was loaded"},
  });
}

TEST_F(BadGuestTest, GuestsThatDie) {
  ExpectAllFail({
      {"segfault", "{where: create}", "transient", "signal 11 (SIGSEGV) while it ran create"},
      {"segfault", "{where: read}", "transient", "signal 11 (SIGSEGV) while it ran read"},
      {"aborts", "{}", "transient", "last lines: assertion failed: the moon is full"},
      {"exits", "{how: exit, code: '0'}", "transient", "exit code 0"},
      {"exits", "{how: _exit, code: '3'}", "transient", "exit code 3 while it ran read"},
      {"closes_socket", "{}", "transient", "closed its connection to the host"},
      {"writes_badly", "{where: crash}", "transient", "(SIGBUS) while it ran", "{}", "destination"},
  });
}

TEST_F(BadGuestTest, GuestsThatHang) {
  const std::string limits = "{idle_timeout: 1s}";
  ExpectAllFail({
      {"spins", "{}", "transient", "no sign of life for 1 s while it ran read", limits},
      {"spins", "{}", "transient", "reached its CPU limit of 1 s", "{cpu: 1s}"},
      {"sleeps", "{}", "transient", "no sign of life for 1 s while it ran read", limits},
      {"writes_badly", "{where: spin}", "transient", "no sign of life for 1 s", limits,
       "destination"},
  });
}

TEST_F(BadGuestTest, GuestsThatAskForTooMuch) {
  ExpectAllFail({
      {"huge_state", "{}", "internal", "a checkpoint's state of 2097152 bytes"},
      {"huge_record", "{}", "internal", "at most 67108864"},
      {"endless_catalog", "{}", "internal", "more than 10000 streams"},
  });
  if (kSanitized) return;  // the leak would be one of this machine's memory
  const std::string limits = "{memory: 256MiB}";
  ExpectAllFail({
      {"leaks", "{}", "internal", "memory limit of 256", limits},
      {"leaks", "{where: thread}", "transient", "memory limit of 256", limits},
  });
}

TEST_F(BadGuestTest, GuestsThatForgeFrames) {
  ExpectAllFail({
      {"torn_frame", "{}", "transient", "torn frame"},
      {"garbage_frames", "{}", "transient", "protocol fault"},
      {"forged_frame", "{type: '27'}", "transient", "RECOVERED frame came during read"},
      {"forged_frame", "{type: '5'}", "transient", "READ frame"},
      {"forged_frame", "{type: '29'}", "transient", "CONSOLE"},
      {"forged_frame", "{type: '8', length: '4294967295'}", "transient", "BATCH"},
      {"forged_batch", "{what: rows}", "transient",
       "a batch of 2147483648 rows; expected 1 to 8192"},
      {"forged_batch", "{what: columns}", "transient",
       "a batch of 4294967295 columns under a schema of 2"},
      {"forged_batch", "{what: data}", "transient", "expected 18446744073709551608 bytes"},
      {"forged_batch", "{what: offsets}", "transient", "the last offset is 2147483632"},
      {"forged_batch", "{what: nulls}", "transient", "column 'id': 1 nulls"},
      {"forged_batch", "{what: origin}", "transient", "the origin of a batch"},
      {"forged_batch", "{what: length}", "transient", "BATCH"},
  });
}

TEST_F(BadGuestTest, GuestsWhoseRecordsLie) {
  ExpectAllFail({
      {"false_batch", "{what: far}", "transient", "while it ran read"},
      {"false_batch", "{what: first}", "internal", "column 'name': the first offset is 1"},
      {"false_batch", "{what: negative}", "internal", "column 'name'"},
      {"false_batch", "{what: falling}", "transient", "protocol fault: column 'name'"},
      {"false_batch", "{what: utf8}", "transient", "not valid UTF-8"},
      {"false_batch", "{what: rows}", "internal", "2147483648 rows"},
      {"false_batch", "{what: release}", "internal", "released before it was emitted"},
      {"false_batch", "{what: children}", "internal", "NULL pointer"},
      {"false_batch", "{what: nulls}", "internal", "column 'id': the null count is 2"},
      {"no_schema", "{}", "internal", "before the schema"},
      {"no_checkpoint", "{}", "internal", "without a checkpoint"},
      {"writes_badly", "{where: rows}", "internal", "row 3 of a batch of 3 rows", "{}",
       "destination"},
      {"writes_badly", "{where: twice}", "config", "a state that connhost did not give it", "{}",
       "destination"},
      {"writes_badly", "{where: receipt}", "internal", "does not balance at commit 1", "{}",
       "destination"},
  });
}

TEST_F(BadGuestTest, GuestsThatFailWithoutAWord) {
  ExpectAllFail({
      {"silent", "{status: '1'}", "internal", "CANCELLED, though nobody had asked it to end"},
      {"silent", "{status: '4'}", "transient", "without saying why (status TRANSIENT)"},
      {"silent", "{status: '5'}", "throttled", "without saying why (status THROTTLED)"},
      {"silent", "{status: '42'}", "internal", "the status 42"},
      {"throws", "{what: std}", "internal", "an exception left the plugin: thrown from read"},
      {"throws", "{what: number}", "internal", "an exception of an unknown type"},
      {"throws", "{what: memory}", "internal", "std::bad_alloc"},
      {"writes_badly", "{where: silent}", "throttled", "without saying why (status THROTTLED)",
       "{}", "destination"},
  });
}

TEST_F(BadGuestTest, GuestsThatAskTheKernel) {
  std::vector<BadGuest> guests = {
      {"looks_around", "{}", "config", "open=1 stdin=0"},
      {"talks", "{}", "unsupported", "no console"},
  };
  for (const char* what :
       {"fork", "exec", "kill parent", "trace parent", "limit parent", "mount"}) {
    guests.push_back({"asks_kernel", "{what: " + std::string(what) + "}", "config",
                      std::string(what) + ": EPERM"});
  }
  for (const char* what : {"internet socket", "local socket", "connect"}) {
    guests.push_back({"asks_kernel", "{what: " + std::string(what) + "}", "config",
                      std::string(what) + ": EACCES"});
  }
  ExpectAllFail(guests);
}

// What another tenant has landed, the registry and the machine's files.
TEST_F(BadGuestTest, GuestsThatReachForTheDataOfOthers) {
  if (!HasLandlock()) GTEST_SKIP() << "this kernel has no Landlock";
  const std::string segment = "bronze/other/orders/orders/000000000001.ndjson";
  Write(segment, "{\"data\":\"of another tenant\"}\n");
  const std::string others = (folder_.path() / segment).string();
  const auto tries = [](const std::string& how, const std::string& path, const char* answer) {
    return BadGuest{"reads_file", "{how: " + how + ", path: " + path + "}", "config", answer};
  };
  ExpectAllFail({
      {"steals", "{path: " + others + "}", "config", "loot: EACCES"},
      tries("list", (folder_.path() / "bronze").string(), "file: EACCES"),
      tries("write", others, "file: EACCES"),
      tries("remove", others, "file: EACCES"),
      tries("rename", others, "file: EACCES"),
      tries("chmod", others, "file: EPERM"),
      tries("read", home_.registry().string(), "file: EACCES"),
      tries("make", (folder_.path() / "home/made").string(), "file: EACCES"),
      tries("read", "/etc/passwd", "file: EACCES"),
  });
  EXPECT_EQ(ReadFile(others), "{\"data\":\"of another tenant\"}\n");

  // The same guest, granted the path by its manifest, does read and land it.
  InstallPlugin("steals", "source", "files: {read: [path]}");
  ConnectBroken("granted", "{connector: steals, config: {path: " + others + "}}",
                "{connector: bronze, config: {path: bronze}}");
  EXPECT_EQ(RunBroken("granted").run.status, RunStatus::kSucceeded);
  const std::vector<std::string> landed = Landed("granted", "numbers", "broken");
  ASSERT_EQ(landed.size(), 1U);
  EXPECT_NE(landed[0].find("of another tenant"), std::string::npos) << landed[0];
  ExpectSteadyGoesOn();
}

class Flood : public BadGuestTest {
 protected:
  void ExpectLittleIsKept(const std::string& plugin, const std::string& config) {
    InstallPlugin(plugin, "source", "");
    ConnectBroken(plugin, "{connector: " + plugin + ", config: " + config + "}",
                  "{connector: bronze, config: {path: bronze}}");
    const RunOutcome outcome = RunBroken(plugin);
    EXPECT_EQ(outcome.run.status, RunStatus::kSucceeded) << outcome.run.cause;
    const std::string log = ReadFile(RunLog::PathOf(home_.logs(), outcome.run.id));
    EXPECT_LT(log.size(), RunLog::kMostBytes);
    EXPECT_NE(log.find("further lines were dropped"), std::string::npos);
    ExpectSteadyGoesOn();
  }
};

TEST_F(Flood, OfLogIsCut) {
  const std::string lines = std::to_string((kSanitized ? 64 : 1024) << 7);  // of 8 KiB
  ExpectLittleIsKept("floods_log", "{lines: '" + lines + "', bytes: '8192'}");
}

TEST_F(Flood, OfStandardOutputIsCut) {
  const std::string mebibytes = kSanitized ? "64" : "1024";
  ExpectLittleIsKept("floods_stdout", "{mebibytes: '" + mebibytes + "'}");
}

}  // namespace
}  // namespace connhost
