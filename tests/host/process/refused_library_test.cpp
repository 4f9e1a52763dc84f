// Libraries that are not taken, and workers that cannot be started.
#include <filesystem>

#include "tests/host/process/guest_fixture.h"

namespace connhost {
namespace {

class RefusedLibrary : public GuestTest {
 protected:
  Outcome Open(const WorkerSpec& spec) {
    return OutcomeOf([&] { WorkerSession session(spec, -1, Sink()); });
  }
};

TEST_F(RefusedLibrary, WithoutTheSymbol) {
  const Outcome outcome = Open(Spec("no_symbol"));
  EXPECT_EQ(outcome.kind, "unsupported");
  EXPECT_TRUE(Contains(outcome.sentence, "no_symbol.so exports no symbol connhost_plugin_v1"))
      << outcome.sentence;
}

TEST_F(RefusedLibrary, OfAnotherMajor) {
  const Outcome outcome = Open(Spec("wrong_major"));
  EXPECT_EQ(outcome.kind, "unsupported");
  EXPECT_TRUE(Contains(outcome.sentence, "major 99")) << outcome.sentence;
  EXPECT_TRUE(Contains(outcome.sentence, "this host has major 1")) << outcome.sentence;
}

TEST_F(RefusedLibrary, ThatNeedsWhatIsNotThere) {
  const Outcome outcome = Open(Spec("undefined_symbol"));
  EXPECT_EQ(outcome.kind, "unsupported");
  EXPECT_TRUE(Contains(outcome.sentence,
                       "undefined_symbol.so: undefined symbol: "
                       "function_that_nobody_defines"))
      << outcome.sentence;
  EXPECT_FALSE(Contains(outcome.sentence, "/proc/")) << outcome.sentence;
}

TEST_F(RefusedLibrary, ThatWasChanged) {
  WorkerSpec spec = Spec("good_source");
  spec.library_sha256 = std::string(64, '0');
  const Outcome outcome = Open(spec);
  EXPECT_EQ(outcome.kind, "policy");
  EXPECT_TRUE(Contains(outcome.sentence, "install the connector again")) << outcome.sentence;
}

TEST_F(RefusedLibrary, ThatIsNotThere) {
  WorkerSpec spec = Spec("good_source");
  spec.library += ".gone";
  EXPECT_EQ(Open(spec).kind, "config");
}

TEST_F(RefusedLibrary, OfAnotherRole) {
  const Outcome outcome = Open(Spec("good_source", WorkerRole::kDestination));
  EXPECT_EQ(outcome.kind, "unsupported");
  EXPECT_TRUE(Contains(outcome.sentence, "the plugin is no destination")) << outcome.sentence;
}

TEST_F(RefusedLibrary, WithAFolderToWriteThatIsNotThere) {
  WorkerSpec spec = Spec("good_source");
  spec.write_paths = {"/folder/that/is/not/there"};
  const Outcome outcome = Open(spec);
  EXPECT_EQ(outcome.kind, "config");
  EXPECT_TRUE(Contains(outcome.sentence, "/folder/that/is/not/there")) << outcome.sentence;
}

TEST_F(RefusedLibrary, WorkerThatIsNotThere) {
  WorkerSpec spec = Spec("good_source");
  spec.worker_program = "/program/that/is/not/there";
  const Outcome outcome = Open(spec);
  EXPECT_EQ(outcome.kind, "config");
  EXPECT_TRUE(Contains(outcome.sentence, spec.worker_program)) << outcome.sentence;
}

TEST_F(RefusedLibrary, WorkerThatIsAnotherProgram) {
  WorkerSpec spec = Spec("good_source");
  spec.worker_program = "/bin/true";
  const Outcome outcome = Open(spec);
  EXPECT_EQ(outcome.kind, "fault");
  EXPECT_TRUE(Contains(outcome.sentence, "exit code 0 while it was loaded")) << outcome.sentence;
}

}  // namespace
}  // namespace connhost
