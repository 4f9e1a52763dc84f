// Wrong configurations: the schema or the plugin refuses them with a sentence, and nothing dies.
#include "base/error.h"
#include "host/conformance/check_context.h"
#include "host/conformance/config_variants.h"

namespace connhost {
namespace {

struct Tally {
  int by_schema = 0;
  int by_plugin = 0;
  int taken = 0;
};

// A person can do something about these; INTERNAL is the plugin's own fault.
bool IsProperRefusal(ErrorKind kind) {
  return kind == ErrorKind::kConfig || kind == ErrorKind::kAuth ||
         kind == ErrorKind::kUnsupported || kind == ErrorKind::kTransient ||
         kind == ErrorKind::kThrottled;
}

void UseConfig(CheckContext& context, const WorkerSpec& spec, const std::string& config) {
  const auto guest = context.Start(spec);
  guest->Call(FrameType::kCreate, 0, config);
  guest->Call(FrameType::kAuthenticate, 0, "");
  if (context.role() == WorkerRole::kSource) guest->Call(FrameType::kDiscover, 0, "");
}

// True when the plugin took it.
bool Offer(CheckContext& context, const WorkerSpec& spec, const ConfigVariant& variant) {
  const std::string config = WriteJson(WithDefaults(context.manifest(), variant.config));
  try {
    UseConfig(context, spec, config);
    return true;
  } catch (const GuestFault& fault) {
    throw GuestFault("a configuration " + variant.what + ": " + fault.what(), fault.cause);
  } catch (const GuestError& error) {
    if (IsProperRefusal(error.kind())) return false;
    throw Broken{"expected a configuration " + variant.what +
                 " to be refused as CONFIG with a sentence, found " + ErrorKindName(error.kind()) +
                 ": " + error.what()};
  }
}

CheckResult Run(CheckContext& context) {
  const Json good = context.Config();
  const WorkerSpec spec = context.Spec(good);
  UseConfig(context, spec, WriteJson(good));
  Tally tally;
  for (const ConfigVariant& variant : VariantsOf(context.manifest(), good)) {
    if (!CheckConfig(context.manifest(), variant.config).empty()) {
      ++tally.by_schema;
    } else if (!Offer(context, spec, variant)) {
      ++tally.by_plugin;
    } else if (variant.wrong) {
      throw Broken{"a configuration " + variant.what +
                   " was taken without a word by the schema and by the plugin; narrow the "
                   "manifest's config schema"};
    } else {
      ++tally.taken;
    }
  }
  return {Outcome::kPass, "changed in one place: " + std::to_string(tally.by_schema) +
                              " refused by the schema, " + std::to_string(tally.by_plugin) +
                              " by the connector, " + std::to_string(tally.taken) + " taken"};
}

}  // namespace

Check ConfigCheck() {
  return {"config",
          "A configuration that lacks a field, has a value of another type, a huge value or an "
          "unknown field is refused with a sentence, or taken; nothing crashes",
          true,
          true,
          2,
          Run};
}

}  // namespace connhost
