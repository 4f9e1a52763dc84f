#include "manifests/schema_checker.h"

#include "base/text.h"
#include "manifests/json_depth.h"

namespace connhost {
namespace {

constexpr size_t kMostSteps = 1'000'000;
constexpr size_t kDeepestNesting = 2000;  // of schemas within schemas: bounds the stack

}  // namespace

std::vector<Finding> SchemaChecker::Run(const SchemaNode& schema, const JsonValue& value) {
  if (!IsWithinDepth(value)) {
    return {{"", 0, 0,
             "nested deeper than " + std::to_string(kDeepestDocument) +
                 " levels: expected a flatter document"}};
  }
  FaultList all = Collect(schema, value, nullptr);
  if (spent_) {
    return {{"", 0, 0,
             "checking this takes more than " + WithThousands(kMostSteps) + " steps or " +
                 WithThousands(kDeepestNesting) +
                 " schemas within each other: expected a simpler schema or a smaller value"}};
  }
  std::vector<Finding> findings;
  for (SchemaFault& fault : all.faults) findings.push_back(std::move(fault.finding));
  if (all.count > findings.size()) {
    findings.push_back({"", 0, 0, "and " + std::to_string(all.count - findings.size()) + " more"});
  }
  return findings;
}

bool SchemaChecker::Charge(size_t steps) {
  steps_ += steps;
  if (steps_ > kMostSteps) spent_ = true;
  return !spent_;
}

FaultList SchemaChecker::Collect(const SchemaNode& node, const JsonValue& value,
                                 const PointerStep* at) {
  FaultList list;
  FaultList* const outer = out_;
  list.counting_only = outer != nullptr && outer->counting_only;
  out_ = &list;
  Apply(node, value, at);
  out_ = outer;
  return list;
}

bool SchemaChecker::Accepts(const SchemaNode& node, const JsonValue& value, const PointerStep* at) {
  FaultList list;
  list.counting_only = true;
  FaultList* const outer = out_;
  out_ = &list;
  Apply(node, value, at);
  out_ = outer;
  return list.count == 0;
}

void SchemaChecker::Apply(const SchemaNode& node, const JsonValue& value, const PointerStep* at) {
  if (depth_ >= kDeepestNesting) spent_ = true;
  if (!Charge(1) || Done()) return;
  ++depth_;
  if (node.forbidden) {
    Fail(FaultKind::kOther, at, [] { return "nothing is allowed here"; });
  } else if (node.ref != nullptr) {
    Apply(*node.ref, value, at);
  } else {
    ApplyKeywords(node, value, at);
  }
  --depth_;
}

void SchemaChecker::ApplyKeywords(const SchemaNode& node, const JsonValue& value,
                                  const PointerStep* at) {
  // A value of the wrong type would fail everything else too: one sentence is enough.
  if (!CheckType(node, value, at)) return;
  CheckEnumeration(node, value, at);
  if (value.IsNumber()) CheckNumber(node, value, at);
  if (value.IsString()) CheckText(node, value, at);
  if (value.IsArray()) CheckList(node, value, at);
  if (value.IsObject()) CheckObject(node, value, at);
  if (!Done()) CheckCombinators(node, value, at);
}

}  // namespace connhost
