// One writer a stream.
#include "plugins/bronze/stream_lock.h"

#include "bronze_fixture.h"

namespace connhost::bronze {
namespace {

class LockTest : public BronzeTest {};

TEST_F(LockTest, ASecondInstanceIsToldWhichFileIsHeld) {
  const Landing first(Config(), Target());
  FileSystem files;
  sdk::FakeHost host;
  const std::string path = (Parent() / ".orders.lock").string();
  try {
    const StreamLock second(files, path, sdk::Host(host.table()), std::chrono::milliseconds(30));
    FAIL() << "both hold it";
  } catch (const sdk::TransientFailure& failure) {
    EXPECT_NE(std::string(failure.what()).find(path), std::string::npos);
  }
}

TEST_F(LockTest, WaitingEndsWhenTheHostCancels) {
  const Landing first(Config(), Target());
  sdk::FakeHost host;
  host.cancel = true;
  BronzeDestination second(sdk::Json::Parse(Config(), "it"), sdk::Host(host.table()));
  EXPECT_THROW(second.Recover(Target()), sdk::Cancelled);
}

TEST_F(LockTest, AnotherStreamIsFreeAndTheEndOfTheFirstFreesIts) {
  auto first = std::make_unique<Landing>(Config(), Target());
  sdk::StreamTarget other = Target();
  other.stream = "customers";
  Landing second(Config(), other);
  first.reset();
  second.Recover(Target());
  second.Recover(Target());
}

}  // namespace
}  // namespace connhost::bronze
