// allOf, anyOf, oneOf, not, if: and for a choice that fails, the one sentence that helps.
#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "manifests/json_values.h"
#include "manifests/schema_checker.h"

namespace connhost {
namespace {

// How far a value got through a branch. A wrong type of the value itself, or a wrong constant
// directly inside it ("kind: ..."), says that another branch was meant.
int Progress(const FaultList& outcome, size_t depth) {
  int progress = 3;
  for (const SchemaFault& fault : outcome.faults) {
    if (fault.kind == FaultKind::kType && fault.depth == depth) return 0;
    if (fault.kind == FaultKind::kValue && fault.depth <= depth + 1) progress = 1;
  }
  return progress;
}

std::string FirstSentence(const FaultList& outcome) {
  return outcome.faults.empty() ? "refused" : outcome.faults.front().finding.message;
}

std::string NoneOfForms(const std::vector<FaultList>& outcomes) {
  constexpr size_t kMostShown = 3;
  std::string sentence = "fits none of " + std::to_string(outcomes.size()) + " forms: ";
  for (size_t i = 0; i < std::min(outcomes.size(), kMostShown); ++i) {
    sentence += (i > 0 ? "; or " : "") + FirstSentence(outcomes[i]);
  }
  return sentence + (outcomes.size() > kMostShown ? "; ..." : "");
}

unsigned ExpectedTypes(const std::vector<FaultList>& outcomes) {
  unsigned types = 0;
  for (const FaultList& outcome : outcomes) {
    for (const SchemaFault& fault : outcome.faults) types |= fault.types;
  }
  return types;
}

}  // namespace

void SchemaChecker::CheckCombinators(const SchemaNode& node, const JsonValue& value,
                                     const PointerStep* at) {
  for (const SchemaNode* schema : node.all_of) Apply(*schema, value, at);
  if (!node.any_of.empty()) CheckChoice(node.any_of, false, value, at);
  if (!node.one_of.empty()) CheckChoice(node.one_of, true, value, at);
  if (node.negated != nullptr && Accepts(*node.negated, value, at)) {
    Fail(FaultKind::kOther, at,
         [&] { return "found " + ShownValue(value) + ", which the schema of 'not' excludes"; });
  }
  if (node.condition == nullptr) return;
  const bool holds = Accepts(*node.condition, value, at);
  const SchemaNode* next = holds ? node.consequence : node.alternative;
  if (next != nullptr) Apply(*next, value, at);
}

void SchemaChecker::CheckChoice(const std::vector<const SchemaNode*>& branches, bool exactly_one,
                                const JsonValue& value, const PointerStep* at) {
  std::vector<FaultList> outcomes;
  std::vector<std::string> matched;
  for (size_t i = 0; i < branches.size(); ++i) {
    FaultList outcome = Collect(*branches[i], value, at);
    if (spent_) return;
    if (outcome.count > 0) {
      outcomes.push_back(std::move(outcome));
      continue;
    }
    if (!exactly_one) return;
    matched.push_back(std::to_string(i + 1));
  }
  if (matched.size() == 1) return;
  if (matched.empty()) {
    ReportNearest(outcomes, value, at);
    return;
  }
  Fail(FaultKind::kOther, at, [&] {
    return "expected exactly one of " + std::to_string(branches.size()) +
           " forms, found a value that fits forms " + JoinWords(matched);
  });
}

void SchemaChecker::ReportNearest(std::vector<FaultList>& outcomes, const JsonValue& value,
                                  const PointerStep* at) {
  if (out_->counting_only) {
    ++out_->count;
    return;
  }
  const size_t depth = PointerDepth(at);
  const auto rank = [&](const FaultList& outcome) {
    return std::make_tuple(-Progress(outcome, depth), outcome.count);
  };
  std::stable_sort(outcomes.begin(), outcomes.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  if (Progress(outcomes.front(), depth) == 0) {
    const unsigned types = ExpectedTypes(outcomes);
    const auto sentence = [&] {
      return "expected " + DescribeTypes(types) + ", found " + ShownValue(value);
    };
    Fail(FaultKind::kType, at, sentence, types);
  } else if (outcomes.size() == 1 || rank(outcomes[0]) < rank(outcomes[1])) {
    TakeFaults(outcomes.front());
  } else {
    Fail(FaultKind::kOther, at, [&] { return NoneOfForms(outcomes); });
  }
}

void SchemaChecker::TakeFaults(FaultList& nearest) {
  out_->count += nearest.count;
  for (SchemaFault& fault : nearest.faults) {
    if (out_->faults.size() < kMostFaults) out_->faults.push_back(std::move(fault));
  }
}

}  // namespace connhost
