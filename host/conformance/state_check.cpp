// States: those of earlier versions are read on from, and nonsense is refused with a sentence.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "host/conformance/source_guest.h"
#include "manifests/finding.h"

namespace connhost {
namespace {

// Of other connectors, so to speak: to start from the beginning with one of these would double
// every record.
constexpr const char* kForeign[] = {"[]", "\"text\"", "12345", "{\"of\":\"another connector\"}"};

// Each member of the state, at any depth, replaced in turn by a value that cannot be right.
void Spoil(const Json& whole, JsonValue& value, std::vector<std::string>* spoiled) {
  if (spoiled->size() >= 200) return;
  if (value.IsObject()) {
    for (auto& member : value.GetObject()) Spoil(whole, member.value, spoiled);
  } else if (value.IsArray()) {
    for (auto& item : value.GetArray()) Spoil(whole, item, spoiled);
  }
  JsonValue kept;
  kept.Swap(value);
  std::vector<JsonValue> wrong;
  wrong.emplace_back(rapidjson::kObjectType);
  wrong.emplace_back(-1);
  wrong.emplace_back(int64_t{1} << 62);
  wrong.emplace_back(1e300);
  wrong.emplace_back("nonsense");
  for (JsonValue& each : wrong) {
    value.Swap(each);
    spoiled->push_back(WriteJson(whole));
  }
  value.Swap(kept);
}

std::vector<std::string> Spoiled(CheckContext& context, const std::string& state) {
  Json document = ParseJson(state, "the state");
  std::vector<std::string> spoiled;
  Spoil(document, document, &spoiled);
  std::shuffle(spoiled.begin(), spoiled.end(), context.random());
  if (spoiled.size() > 30) spoiled.resize(30);
  spoiled.push_back(std::string(200, '[') + std::string(200, ']'));
  return spoiled;
}

bool IsProperRefusal(ErrorKind kind) {
  return kind == ErrorKind::kStaleCursor || kind == ErrorKind::kConfig;
}

class StateTrial {
 public:
  StateTrial(CheckContext& context, const Json& config, const StreamTask& task)
      : context_(context), config_(config), task_(task) {}

  // True when the state was taken; a refusal is proper or Broken.
  bool Offer(const std::string& state) {
    const std::string shown = ShownText(state, 200);
    try {
      if (!guest_) guest_ = std::make_unique<SourceGuest>(context_, config_);
      guest_->Read(task_, state, false, [](const ReadRecord& read) { return read.batches == 0; });
      return true;
    } catch (const GuestFault& fault) {
      throw GuestFault("with the state " + shown + ": " + fault.what(), fault.cause);
    } catch (const GuestError& error) {
      if (IsProperRefusal(error.kind())) return false;
      throw Broken{"expected the state " + shown +
                   " to be refused as STALE_CURSOR with a sentence, found " +
                   ErrorKindName(error.kind()) + ": " + error.what()};
    }
  }

  // A state that the manifest says is understood.
  void Accept(const std::string& format, const std::string& state) {
    if (Offer(state)) return;
    throw Broken{"the manifest reads '" + format + "', but the connector refuses the given state " +
                 ShownText(state, 200)};
  }

 private:
  CheckContext& context_;
  const Json& config_;
  const StreamTask& task_;
  std::unique_ptr<SourceGuest> guest_;
};

std::string AcceptOldStates(CheckContext& context, StateTrial* trial) {
  std::vector<std::string> missing;
  for (const std::string& format : context.manifest().state_reads) {
    const auto given = context.options().old_states.find(format);
    if (given != context.options().old_states.end()) {
      trial->Accept(format, given->second);
    } else if (format != context.manifest().state_writes) {
      missing.push_back(format);
    }
  }
  return missing.empty() ? "" : "; no state of " + JoinWords(missing) + " was given (--old-state)";
}

CheckResult Run(CheckContext& context) {
  const Json config = context.Config();
  const StreamTask task = TasksOf(context, config).back();  // incremental where there is one
  SourceGuest guest(context, config);
  const ReadRecord read = guest.Read(task, "", true);
  StateTrial trial(context, config, task);
  const std::string old = AcceptOldStates(context, &trial);
  if (read.checkpoints.empty()) throw Skipped{"the read has no checkpoint to take a state from"};
  const std::string& state = read.checkpoints[read.checkpoints.size() / 2].state;
  const std::vector<std::string> spoiled = Spoiled(context, state);
  size_t refused = 0;
  for (const std::string& each : spoiled) refused += trial.Offer(each) ? 0 : 1;
  size_t foreign = 0;
  for (const char* each : kForeign) foreign += trial.Offer(each) ? 1 : 0;
  const std::string sentence = std::to_string(spoiled.size()) +
                               " spoiled states: " + std::to_string(refused) +
                               " refused, the others read from" + old;
  if (foreign == 0) return {Outcome::kPass, sentence};
  return {Outcome::kWarn, sentence + "; " + std::to_string(foreign) + " of " +
                              std::to_string(std::size(kForeign)) +
                              " foreign documents were taken for states and read from the start: "
                              "that would double every record"};
}

}  // namespace

Check StateCheck() {
  return {
      "state",
      "States of the formats that the manifest reads are accepted; spoiled and foreign ones are "
      "refused as STALE_CURSOR or CONFIG with a sentence, and never crash",
      true,
      false,
      2,
      Run};
}

}  // namespace connhost
