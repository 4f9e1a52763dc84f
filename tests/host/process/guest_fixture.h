// Guests for tests: sessions with the plugins of tests/broken_plugins, and the check that a guest
// leaves nothing behind in this process.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/files.h"
#include "host/process/worker_session.h"
#include "tests/sanitized.h"

namespace connhost {

using Options = std::map<std::string, std::string>;

// {"a":"b"}, which the plugins read naively.
std::string ConfigOf(const Options& options);

// What came of a call: "" and "" when it worked, else "fault", "cancelled" or the name of the kind.
struct Outcome {
  std::string kind;
  std::string sentence;
};

// Asserts at the end of each test that every descriptor, child and scratch folder is gone.
class GuestTest : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  WorkerSpec Spec(const std::string& plugin, WorkerRole role = WorkerRole::kSource) const;
  WorkerSession::LineSink Sink();

  // Loads, creates and reads to the end; frames are dropped.
  Outcome Read(const std::string& plugin, const Options& options = {});
  Outcome Read(const WorkerSpec& spec, const Options& options = {});

  TemporaryDirectory scratch_;
  std::vector<GuestLine> lines_;

 private:
  size_t descriptors_ = 0;
};

// Runs `body` and tells what it threw.
Outcome OutcomeOf(const std::function<void()>& body);

void StartReading(WorkerSession& session, const Options& options, const std::string& state = {});

// Creates a destination and opens a stream of two int64 columns; returns a batch of one row for it.
std::string OpenDestination(WorkerSession& session, const Options& options);

bool Contains(const std::string& text, const std::string& part);

}  // namespace connhost
