#include "base/text.h"
#include "manifests/schema_checker.h"

namespace connhost {
namespace {

std::string Quoted(std::string_view name) {
  return "'" + ShownText(name) + "'";
}

std::string UnknownKey(const SchemaNode& node, std::string_view name) {
  std::string sentence = "unknown key " + Quoted(name);
  const std::string suggestion = DidYouMean(name, node.property_list);
  if (!suggestion.empty()) return sentence + suggestion;
  constexpr size_t kMostShown = 30;
  if (node.property_list.empty() || node.property_list.size() > kMostShown) return sentence;
  std::vector<std::string> allowed;
  for (const std::string& known : node.property_list) allowed.push_back(Quoted(known));
  return sentence + ": expected " + (allowed.size() == 1 ? "only " : "one of ") +
         JoinWords(allowed, "or");
}

}  // namespace

void SchemaChecker::CheckObject(const SchemaNode& node, const JsonValue& value,
                                const PointerStep* at) {
  CheckSize(node.members, value.MemberCount(), "key", at);
  CheckRequired(node, value, at);
  for (const auto& member : value.GetObject()) {
    if (Done()) return;
    const PointerStep step = PointerStep::Key(at, TextOf(member.name));
    CheckMember(node, member.name, member.value, &step);
  }
  CheckDependencies(node, value, at);
}

void SchemaChecker::CheckRequired(const SchemaNode& node, const JsonValue& value,
                                  const PointerStep* at) {
  for (const std::string_view name : node.required) {
    if (!Charge(1 + value.MemberCount() / 8)) return;
    if (FindMember(value, name) != nullptr) continue;
    Fail(FaultKind::kOther, at, [&] { return "missing key " + Quoted(name); });
  }
}

void SchemaChecker::CheckMember(const SchemaNode& node, const JsonValue& name,
                                const JsonValue& value, const PointerStep* at) {
  const std::string_view text = TextOf(name);
  if (node.property_names != nullptr) CheckMemberName(*node.property_names, name, at);
  bool known = false;
  const auto named = node.properties.find(text);
  if (named != node.properties.end()) {
    known = true;
    Apply(*named->second, value, at);
  }
  if (!Charge(node.pattern_properties.size())) return;
  for (const PatternProperty& property : node.pattern_properties) {
    if (!property.pattern.Matches(text)) continue;
    known = true;
    Apply(*property.schema, value, at);
  }
  if (known || node.further_properties == nullptr) return;
  if (node.further_properties->forbidden) {
    Fail(FaultKind::kOther, at, [&] { return UnknownKey(node, text); });
  } else {
    Apply(*node.further_properties, value, at);
  }
}

void SchemaChecker::CheckMemberName(const SchemaNode& node, const JsonValue& name,
                                    const PointerStep* at) {
  FaultList list = Collect(node, name, at);
  for (SchemaFault& fault : list.faults) {
    fault.finding.message.insert(0, "the key itself: ");
    Fail(
        fault.kind, at, [&] { return std::move(fault.finding.message); }, fault.types);
  }
  if (list.faults.empty()) out_->count += list.count;
}

void SchemaChecker::CheckDependencies(const SchemaNode& node, const JsonValue& value,
                                      const PointerStep* at) {
  for (const SchemaDependency& dependency : node.dependencies) {
    if (!Charge(1 + value.MemberCount() / 8)) return;
    if (FindMember(value, dependency.key) == nullptr) continue;
    if (dependency.schema != nullptr) Apply(*dependency.schema, value, at);
    for (const std::string_view needed : dependency.needs) {
      if (!Charge(1 + value.MemberCount() / 8)) return;
      if (FindMember(value, needed) != nullptr) continue;
      Fail(FaultKind::kOther, at, [&] {
        return "missing key " + Quoted(needed) + ", which " + Quoted(dependency.key) + " needs";
      });
    }
  }
}

}  // namespace connhost
