// What the configuration keeps secret is never repeated.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "host/conformance/destination_guest.h"
#include "host/conformance/sample_rows.h"
#include "host/conformance/source_guest.h"

namespace connhost {
namespace {

bool IsSecret(const JsonValue& schema) {
  const JsonValue* write_only = FindMember(schema, "writeOnly");
  const JsonValue* format = FindMember(schema, "format");
  return (write_only != nullptr && write_only->IsBool() && write_only->GetBool()) ||
         (format != nullptr && format->IsString() && TextOf(*format) == "password");
}

// Puts a marker into each secret field that takes it; returns the fields.
std::vector<std::string> Plant(const Manifest& manifest, const std::string& marker, Json* config) {
  std::vector<std::string> planted;
  const JsonValue* properties = FindMember(manifest.config_schema, "properties");
  if (properties == nullptr) return planted;
  for (const auto& member : properties->GetObject()) {
    if (!IsSecret(member.value)) continue;
    Json changed;
    changed.CopyFrom(*config, changed.GetAllocator());
    SetMember(changed, changed, TextOf(member.name), std::string_view(marker));
    if (!CheckConfig(manifest, changed).empty()) continue;
    planted.emplace_back(TextOf(member.name));
    config->Swap(changed);
  }
  return planted;
}

// Everything that a use of the connector brings to light.
std::vector<std::string> Use(CheckContext& context, const Json& config) {
  std::vector<std::string> said;
  try {
    if (context.role() == WorkerRole::kSource) {
      for (const StreamTask& task : TasksOf(context, config)) {
        SourceGuest guest(context, config);
        for (std::string& document : guest.Discover()) said.push_back(std::move(document));
        const ReadRecord read = guest.Read(task, "", true);
        for (const CheckpointMark& mark : read.checkpoints) said.push_back(mark.state);
      }
    } else {
      DestinationGuest guest(context, config);
      SampleRows rows(SampleRows::Width::kPlain, context.token());
      guest.Recover({"append", false, 1});
      guest.Open(rows.schema());
      guest.Write(1, rows.Batch(0, 10));
      guest.Commit(1, "{\"row\":10}", true);
    }
  } catch (const GuestFault& fault) {
    throw;
  } catch (const GuestError& error) {
    said.emplace_back(error.what());  // the planted secrets open nothing, after all
  }
  for (const std::string& line : context.heard()) said.push_back(line);
  return said;
}

CheckResult Run(CheckContext& context) {
  Json config = context.Config();
  const std::string marker = "secret-" + context.token();
  const std::vector<std::string> planted = Plant(context.manifest(), marker, &config);
  if (planted.empty()) {
    return {Outcome::kSkip, "the manifest marks no text field of the configuration as writeOnly"};
  }
  const std::vector<std::string> said = Use(context, config);
  for (const std::string& each : said) {
    if (each.find(marker) == std::string::npos) continue;
    throw Broken{"the value planted in " + JoinWords(planted, "or") + " came to light: " + each};
  }
  return {Outcome::kPass, "values planted in " + JoinWords(planted) + " are in none of " +
                              std::to_string(said.size()) + " lines, sentences and states"};
}

}  // namespace

Check SecretsCheck() {
  return {"secrets",
          "Values of fields that the manifest marks as writeOnly are in no log line, sentence, "
          "catalog or state",
          true,
          true,
          1,
          Run};
}

}  // namespace connhost
