#include "manifests/manifest_rules.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "base/text.h"
#include "manifests/json_pointer.h"
#include "manifests/version.h"

namespace connhost {
namespace {

std::string TextAt(const JsonValue& manifest, std::string_view pointer) {
  const JsonValue* value = FindPointer(manifest, pointer);
  return value != nullptr && value->IsString() ? std::string(TextOf(*value)) : std::string();
}

std::vector<std::string> TextsAt(const JsonValue& manifest, std::string_view pointer) {
  std::vector<std::string> texts;
  const JsonValue* list = FindPointer(manifest, pointer);
  if (list == nullptr || !list->IsArray()) return texts;
  for (const JsonValue& element : list->GetArray()) {
    texts.emplace_back(element.IsString() ? TextOf(element) : std::string_view());
  }
  return texts;
}

bool Contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Rules {
 public:
  explicit Rules(const JsonValue& manifest) : manifest_(manifest) {
    const JsonValue* properties = FindPointer(manifest, "/config/properties");
    if (properties == nullptr || !properties->IsObject()) return;
    for (const auto& member : properties->GetObject()) fields_.emplace_back(TextOf(member.name));
  }

  std::vector<Finding> Check() {
    CheckVersion();
    CheckFields();
    CheckCapabilities();
    CheckStreams();
    CheckState();
    return std::move(findings_);
  }

 private:
  void Add(const std::string& pointer, const std::string& message) {
    findings_.push_back({pointer, 0, 0, message});
  }

  // The schema's pattern lets through 1.0.0-01 and numbers beyond 64 bits.
  void CheckVersion() {
    const std::string version = TextAt(manifest_, "/version");
    if (version.empty() || TryParseVersion(version)) return;
    Add("/version", "expected a semantic version such as 1.0.0 or 2.1.0-rc.1, found '" +
                        ShownText(version) + "'");
  }

  void CheckFields() {
    CheckFieldList("/files/read");
    CheckFieldList("/files/write");
    CheckField("/network/native/host", TextAt(manifest_, "/network/native/host"));
    CheckField("/network/native/port", TextAt(manifest_, "/network/native/port"));
    CheckField("/network/native/url", TextAt(manifest_, "/network/native/url"));
  }

  void CheckFieldList(const std::string& pointer) {
    const std::vector<std::string> names = TextsAt(manifest_, pointer);
    for (size_t i = 0; i < names.size(); ++i) {
      CheckField(pointer + "/" + std::to_string(i), names[i]);
    }
  }

  void CheckField(const std::string& pointer, const std::string& name) {
    if (name.empty() || Contains(fields_, name)) return;
    Add(pointer, "expected the name of a field of config.properties, found '" + ShownText(name) +
                     "'" + DidYouMean(name, fields_));
  }

  void CheckCapabilities() {
    const std::string kind = TextAt(manifest_, "/kind");
    if (kind == "source" || kind == "both") RequireOneOf("source", {"full", "incremental", "cdc"});
    if (kind == "destination" || kind == "both") {
      RequireOneOf("destination", {"append", "upsert", "overwrite", "history"});
    }
  }

  void RequireOneOf(const std::string& kind, const std::vector<std::string>& words) {
    const JsonValue* list = FindMember(manifest_, "capabilities");
    if (list == nullptr || !list->IsArray() || list->Empty()) return;
    const std::vector<std::string> capabilities = TextsAt(manifest_, "/capabilities");
    const bool any = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return Contains(capabilities, word);
    });
    if (any) return;
    Add("/capabilities", "expected at least one of " + JoinWords(words, "or") + " for a " + kind +
                             ", found none of them");
  }

  void CheckStreams() {
    const JsonValue* streams = FindMember(manifest_, "streams");
    if (streams == nullptr || !streams->IsArray()) return;
    std::unordered_set<std::string> names;
    for (rapidjson::SizeType i = 0; i < streams->Size(); ++i) {
      const std::string name = TextAt((*streams)[i], "/name");
      if (name.empty() || names.insert(name).second) continue;
      Add("/streams/" + std::to_string(i) + "/name",
          "the stream '" + ShownText(name) + "' stands twice: keep one");
    }
  }

  void CheckState() {
    const std::string writes = TextAt(manifest_, "/state/writes");
    const std::vector<std::string> reads = TextsAt(manifest_, "/state/reads");
    const bool malformed = writes.find('/') == std::string::npos;
    if (malformed || reads.empty() || Contains(reads, writes)) return;
    Add("/state/reads", "expected the format that is written, '" + ShownText(writes) +
                            "', among those that are read");
  }

  const JsonValue& manifest_;
  std::vector<std::string> fields_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> CheckManifestRules(const JsonValue& manifest) {
  return Rules(manifest).Check();
}

}  // namespace connhost
