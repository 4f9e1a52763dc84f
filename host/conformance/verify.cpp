#include "host/conformance/verify.h"

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/time.h"
#include "host/conformance/check_context.h"
#include "host/process/worker_session.h"
#include "host/run/grants.h"
#include "manifests/yaml_reader.h"

namespace connhost {
namespace {

CheckResult OfFault(const GuestFault& fault) {
  switch (fault.cause) {
    case EndCause::kIdle:
    case EndCause::kOverstayed:
      return {Outcome::kTimeout, fault.what()};
    case EndCause::kBadFrame:
      return {Outcome::kFail, fault.what()};
    default:
      return {Outcome::kCrash, fault.what()};
  }
}

CheckResult OfError(const Error& error, const Deadline& deadline, std::chrono::milliseconds time) {
  const bool late = error.kind() == ErrorKind::kCancelled && deadline.reached();
  if (!late) return {Outcome::kFail, error.what()};
  return {Outcome::kTimeout, "the connector was killed: the check was not over after " +
                                 std::to_string(time.count() / 1000) + " s"};
}

CheckResult RunCheck(const Check& check, const Subject& subject, const VerifyOptions& options,
                     WorkerRole role) {
  const auto time = options.time * check.patience;
  const Deadline deadline(time);
  try {
    CheckContext context(subject, options, role, deadline);
    return check.run(context);
  } catch (const Skipped& skipped) {
    return {Outcome::kSkip, skipped.why};
  } catch (const Broken& broken) {
    return {Outcome::kFail, broken.sentence};
  } catch (const GuestFault& fault) {
    return OfFault(fault);
  } catch (const Error& error) {
    return OfError(error, deadline, time);
  } catch (const std::exception& failure) {
    return {Outcome::kFail, std::string("the check itself failed: ") + failure.what()};
  }
}

void RequireKnown(const std::vector<std::string>& only) {
  std::vector<std::string> names;
  for (const Check& check : AllChecks()) names.emplace_back(check.name);
  for (const std::string& wanted : only) {
    if (std::find(names.begin(), names.end(), wanted) != names.end()) continue;
    throw Error(ErrorKind::kUsage, "no check is called '" + wanted + "'" +
                                       DidYouMean(wanted, names) +
                                       "; there are: " + JoinWords(names));
  }
}

void Settle(const Manifest& manifest, std::optional<GivenConfig>* config, const char* option) {
  if (!*config) return;
  MakePathsAbsolute(manifest, (*config)->base, &(*config)->json);
  const std::vector<Finding> findings = CheckConfig(manifest, (*config)->json);
  if (findings.empty()) return;
  throw Error(
      ErrorKind::kConfig,
      FormatFindings(std::string(option) + " for connector '" + manifest.id + "'", findings));
}

struct Role {
  WorkerRole role;
  const char* name;
};

std::vector<Role> RolesOf(const Check& check, const Manifest& manifest) {
  if (!check.source && !check.destination) return {{WorkerRole::kDescribe, ""}};
  std::vector<Role> roles;
  if (check.source && manifest.source) roles.push_back({WorkerRole::kSource, "source"});
  if (check.destination && manifest.destination) {
    roles.push_back({WorkerRole::kDestination, "destination"});
  }
  return roles;
}

// All verdicts when the package cannot even be opened.
CheckResult Unopened(const Check& check, const std::string& problem) {
  if (check.name == std::string_view("package")) return {Outcome::kFail, problem};
  return {Outcome::kSkip, "the package could not be opened"};
}

}  // namespace

std::vector<Verdict> VerifyConnector(const std::filesystem::path& path, VerifyOptions options,
                                     const std::function<void(const Verdict&)>& on_verdict) {
  RequireKnown(options.only);
  if (!std::filesystem::exists(path)) {
    throw Error(ErrorKind::kConfig, "there is no package or folder '" + path.string() +
                                        "'; give a .connpkg file, or the folder that 'pack' takes");
  }
  std::unique_ptr<Subject> subject;
  std::string problem;
  try {
    subject = std::make_unique<Subject>(path);
  } catch (const Error& error) {
    problem = error.what();
  }
  if (subject) {
    Settle(subject->manifest(), &options.config, "--config");
    Settle(subject->manifest(), &options.larger, "--larger");
  }
  std::vector<Verdict> verdicts;
  const auto add = [&](Verdict verdict) {
    if (on_verdict) on_verdict(verdict);
    verdicts.push_back(std::move(verdict));
  };
  for (const Check& check : AllChecks()) {
    const auto& only = options.only;
    const bool wanted =
        only.empty() || std::find(only.begin(), only.end(), check.name) != only.end();
    if (!wanted) continue;
    if (!subject) {
      add({check.name, "", Unopened(check, problem), 0});
      continue;
    }
    for (const Role& role : RolesOf(check, subject->manifest())) {
      const int64_t begin = SteadyMillis();
      CheckResult result = RunCheck(check, *subject, options, role.role);
      add({check.name, role.name, std::move(result), SteadyMillis() - begin});
    }
  }
  return verdicts;
}

GivenConfig ReadGivenConfig(const std::string& given) {
  const bool is_text = given.starts_with("{");
  const std::string what = is_text ? "the configuration" : given;
  GivenConfig config{
      is_text ? ParseJson(given, what) : ReadYaml(ReadFile(given), what).json,
      is_text ? std::filesystem::current_path() : std::filesystem::absolute(given).parent_path()};
  if (!config.json.IsObject()) {
    throw Error(ErrorKind::kConfig, what + ": expected a mapping of fields to values");
  }
  return config;
}

}  // namespace connhost
