#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "registry/registry.h"
#include "tests/registry/child_process.h"

namespace connhost {
namespace {

TEST(LeaseHolder, IsAliveWhileItsProcessIs) {
  const LeaseHolder self = LeaseHolder::Current();
  EXPECT_FALSE(self.KnownDead());
  EXPECT_EQ(self.pid, ::getpid());
  EXPECT_EQ(self.boot_id.size(), 36U);
  EXPECT_GT(self.pid_start, 0);
  EXPECT_GT(self.pid_namespace, 0);
}

TEST(LeaseHolder, AReusedProcessIdIsDead) {
  LeaseHolder holder = LeaseHolder::Current();
  ++holder.pid_start;
  EXPECT_TRUE(holder.KnownDead());
}

TEST(LeaseHolder, AnotherBootOrNamespaceIsNotKnown) {
  LeaseHolder other_boot = LeaseHolder::Current();
  other_boot.pid_start = 1;
  other_boot.boot_id[0] = other_boot.boot_id[0] == '0' ? '1' : '0';
  EXPECT_FALSE(other_boot.KnownDead());
  LeaseHolder other_namespace = LeaseHolder::Current();
  other_namespace.pid_start = 1;
  ++other_namespace.pid_namespace;
  EXPECT_FALSE(other_namespace.KnownDead());
  EXPECT_FALSE(LeaseHolder().KnownDead());
}

TEST(LeaseHolder, AZombieIsDeadAndSoIsAReapedProcess) {
  Pipe described;
  const pid_t child = Fork([&] {
    const int64_t start = LeaseHolder::Current().pid_start;
    WriteAll(described.write.get(), {reinterpret_cast<const char*>(&start), sizeof start}, "pipe");
  });
  LeaseHolder holder = LeaseHolder::Current();
  holder.pid = child;
  ASSERT_EQ(::read(described.read.get(), &holder.pid_start, sizeof holder.pid_start),
            ssize_t{sizeof holder.pid_start});
  siginfo_t ended{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT), 0);
  EXPECT_TRUE(holder.KnownDead());  // a zombie until it is waited for
  EXPECT_EQ(WaitFor(child), 0);
  EXPECT_TRUE(holder.KnownDead());
}

TEST(LeaseHolder, AHostileProcessNameDoesNotDeceive) {
  for (const char* name : {") Z 1 1", "a b) R", "(((", ")\n) Z"}) {
    EXPECT_EQ(WaitFor(Fork([&] {
                ::prctl(PR_SET_NAME, name);
                if (LeaseHolder::Current().KnownDead()) throw std::logic_error("dead");
              })),
              0)
        << name;
  }
}

}  // namespace
}  // namespace connhost
