// What a check has at hand: the connector, its configuration, guests that cannot outlast the
// check's time, and what those guests said.
#pragma once

#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/json.h"
#include "host/conformance/check.h"
#include "host/conformance/deadline.h"
#include "host/conformance/subject.h"
#include "host/conformance/verify.h"
#include "host/process/worker_session.h"

namespace connhost {

// One per run of a check. One thread.
class CheckContext {
 public:
  // All borrowed for the object's life.
  CheckContext(const Subject& subject, const VerifyOptions& options, WorkerRole role,
               const Deadline& deadline);

  const Subject& subject() const { return subject_; }
  const Manifest& manifest() const { return subject_.manifest(); }
  const VerifyOptions& options() const { return options_; }
  WorkerRole role() const { return role_; }
  const Deadline& deadline() const { return deadline_; }
  // The same sequence for the same seed and check.
  std::mt19937_64& random() { return random_; }

  // The configuration given by a person, else the manifest's example. Where a destination writes, a
  // fresh folder takes the place of the path, one for each call. Throws Skipped when the example
  // names paths to read or a host to connect to: those are opened only when a person names them.
  Json Config();
  // The same for the configuration that gives more records. Throws Skipped when there is none.
  Json LargerConfig();
  // The folders that Config put into the last configuration; empty when nothing is written.
  const std::filesystem::path& written_folder() const { return written_folder_; }

  // What a guest with this configuration is granted and limited to. `config` may be one that the
  // plugin is to refuse: the grants are then those of `granted`.
  WorkerSpec Spec(const JsonValue& granted);
  // Starts a guest and waits until it is loaded. `lines` of the guest go to heard().
  std::unique_ptr<WorkerSession> Start(const WorkerSpec& spec);

  // Every line of every guest: log, stdout and stderr; at most 100,000.
  const std::vector<std::string>& heard() const { return heard_; }

  // A word that is in nothing but what this check plants.
  const std::string& token() const { return token_; }

 private:
  Json Prepared(const JsonValue& config);

  const Subject& subject_;
  const VerifyOptions& options_;
  WorkerRole role_;
  const Deadline& deadline_;
  std::mt19937_64 random_;
  std::string token_;
  TemporaryDirectory home_;
  std::filesystem::path written_folder_;
  int folders_ = 0;
  std::vector<std::string> heard_;
};

}  // namespace connhost
