#include "host/conformance/check_context.h"

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "host/run/grants.h"
#include "host/run/guest_spec.h"

namespace connhost {
namespace {

constexpr size_t kMostLines = 100'000;

bool Names(const std::vector<std::string>& fields, const std::string& field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

// Opens what a package's own example names only where that can do no harm.
void RefuseToOpen(const Manifest& manifest, WorkerRole role, const JsonValue& example) {
  for (const std::string& field : manifest.read_paths) {
    const bool replaced = role == WorkerRole::kDestination && Names(manifest.write_paths, field);
    if (replaced || FindMember(example, field) == nullptr) continue;
    throw Skipped{"the configuration names in '" + field +
                  "' what is to be read, and the manifest's example is not opened by itself; name "
                  "a sample with --config"};
  }
  if (manifest.native_network) {
    throw Skipped{"the configuration names in '" + manifest.native_network->where() +
                  "' a host to connect to, and the manifest's example is not connected to by "
                  "itself; name one with --config"};
  }
}

}  // namespace

CheckContext::CheckContext(const Subject& subject, const VerifyOptions& options, WorkerRole role,
                           const Deadline& deadline)
    : subject_(subject),
      options_(options),
      role_(role),
      deadline_(deadline),
      random_(options.seed),
      token_("kit" + Sha256Hex("token of " + std::to_string(options.seed)).substr(0, 10)) {}

Json CheckContext::Config() {
  if (options_.config) return Prepared(options_.config->json);
  const Json example = ExampleConfig(manifest());
  RefuseToOpen(manifest(), role_, example);
  if (const auto findings = CheckConfig(manifest(), example); !findings.empty()) {
    throw Skipped{
        FormatFindings("the manifest gives no whole example of a configuration", findings) +
        "; name one with --config"};
  }
  return Prepared(example);
}

Json CheckContext::LargerConfig() {
  if (!options_.larger) {
    throw Skipped{"name with --larger a configuration that gives ten times the records"};
  }
  return Prepared(options_.larger->json);
}

Json CheckContext::Prepared(const JsonValue& config) {
  Json prepared = WithDefaults(manifest(), config);
  written_folder_.clear();
  if (role_ != WorkerRole::kDestination) return prepared;
  for (const std::string& field : manifest().write_paths) {
    const JsonValue* given = FindMember(prepared, field);
    if (given == nullptr) continue;
    const bool list = given->IsArray();
    written_folder_ = home_.path() / ("written-" + std::to_string(++folders_));
    MakeDirectories(written_folder_);
    JsonValue path(written_folder_.c_str(), prepared.GetAllocator());
    JsonValue value(rapidjson::kArrayType);
    if (list) value.PushBack(path, prepared.GetAllocator());
    SetMember(prepared, prepared, field, std::move(list ? value : path));
  }
  return prepared;
}

WorkerSpec CheckContext::Spec(const JsonValue& granted) {
  const Home home{home_.path() / "home"};
  WorkerSpec spec = GuestSpec(subject_.package(), manifest(), home, options_.worker_program);
  spec.role = role_;
  if (role_ == WorkerRole::kDescribe) return spec;
  if (options_.home) {
    WorkerSpec guarded = spec;
    Grant(manifest(), granted, *options_.home, &guarded);
  }
  Grant(manifest(), granted, home, &spec);
  return spec;
}

std::unique_ptr<WorkerSession> CheckContext::Start(const WorkerSpec& spec) {
  auto session = WorkerSession::Start(spec, deadline_.fd(), [this](const GuestLine& line) {
    if (heard_.size() < kMostLines) heard_.push_back(line.text);
  });
  session->AwaitReady();
  return session;
}

}  // namespace connhost
