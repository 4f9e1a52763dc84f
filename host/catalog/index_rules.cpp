#include "host/catalog/index_rules.h"

#include <algorithm>
#include <set>
#include <string>

#include "base/time.h"
#include "host/store/package_name.h"
#include "manifests/version.h"

namespace connhost {
namespace {

std::string Lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

class Rules {
 public:
  std::vector<Finding> Check(const JsonValue& index) {
    for (const char* name : {"created", "expires"}) CheckTime(index, name);
    size_t number = 0;
    for (const JsonValue& package : index["packages"].GetArray()) {
      CheckPackage(package, "/packages/" + std::to_string(number++));
    }
    return std::move(findings_);
  }

 private:
  void Add(std::string pointer, std::string message) {
    findings_.push_back({std::move(pointer), 0, 0, std::move(message)});
  }

  void CheckTime(const JsonValue& index, const std::string& name) {
    const JsonValue* time = FindMember(index, name);
    if (time == nullptr || ParseUtcTime(TextOf(*time))) return;
    Add("/" + name,
        "expected a time in UTC such as 2026-11-21T14:03:12Z, found " + ShownValue(*time));
  }

  void CheckPackage(const JsonValue& package, const std::string& pointer) {
    const std::string id(TextOf(package["id"]));
    const std::string version(TextOf(package["version"]));
    if (!TryParseVersion(version)) {
      Add(pointer + "/version", "'" + version + "' is no semantic version");
    }
    if (!seen_.insert(Lower(id + "@" + version)).second) {
      Add(pointer, id + " " + version + " stands twice (letter case aside)");
    }
    for (const auto& member : package["platforms"].GetObject()) {
      const std::string platform(TextOf(member.name));
      const std::string expected = PackageName{id, version, platform}.FileName();
      const JsonValue& file = member.value["file"];
      if (TextOf(file) == expected) continue;
      Add(pointer + "/platforms/" + platform + "/file",
          "expected '" + expected + "', found " + ShownValue(file));
    }
  }

  std::set<std::string> seen_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> CheckIndexRules(const JsonValue& index) {
  return Rules().Check(index);
}

}  // namespace connhost
