// One check of one value against compiled schemas.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "manifests/finding.h"
#include "manifests/json_pointer.h"
#include "manifests/schema_node.h"

namespace connhost {

// What kind of fault, to tell which branch of a choice came nearest.
enum class FaultKind { kType, kValue, kOther };

struct SchemaFault {
  Finding finding;
  FaultKind kind;
  size_t depth;    // levels below the value's root
  unsigned types;  // kType: what was expected
};

// Faults of one schema applied to one value.
struct FaultList {
  bool counting_only = false;  // no text is made: the answer is yes or no
  size_t count = 0;
  std::vector<SchemaFault> faults;  // at most 100 of them
};

// One use, one thread. The schema and the value must outlive it.
class SchemaChecker {
 public:
  std::vector<Finding> Run(const SchemaNode& schema, const JsonValue& value);

 private:
  void Apply(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  void ApplyKeywords(const SchemaNode& node, const JsonValue& value, const PointerStep* at);

  // schema_checker_values.cpp
  bool CheckType(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  void CheckEnumeration(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  void CheckNumber(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  void CheckText(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  void CheckSize(const SizeLimits& limits, size_t size, const char* unit, const PointerStep* at);

  // schema_checker_lists.cpp
  void CheckList(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  void CheckElements(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  void CheckUnique(const JsonValue& value, const PointerStep* at);

  // schema_checker_objects.cpp
  void CheckObject(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  void CheckMember(const SchemaNode& node, const JsonValue& name, const JsonValue& value,
                   const PointerStep* at);
  void CheckRequired(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  void CheckDependencies(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  void CheckMemberName(const SchemaNode& node, const JsonValue& name, const PointerStep* at);

  // schema_checker_choices.cpp
  void CheckCombinators(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  void CheckChoice(const std::vector<const SchemaNode*>& branches, bool exactly_one,
                   const JsonValue& value, const PointerStep* at);
  void ReportNearest(std::vector<FaultList>& outcomes, const JsonValue& value,
                     const PointerStep* at);

  void TakeFaults(FaultList& nearest);

  // The faults of one schema alone.
  FaultList Collect(const SchemaNode& node, const JsonValue& value, const PointerStep* at);
  bool Accepts(const SchemaNode& node, const JsonValue& value, const PointerStep* at);

  // `sentence` is called only when its text is wanted.
  template <typename Sentence>
  void Fail(FaultKind kind, const PointerStep* at, Sentence sentence, unsigned types = 0) {
    ++out_->count;
    if (out_->counting_only || out_->faults.size() >= kMostFaults) return;
    out_->faults.push_back(
        {Finding{PointerText(at), 0, 0, sentence()}, kind, PointerDepth(at), types});
  }

  // Counts work; false when the budget is spent and the check must end.
  bool Charge(size_t steps);

  // Nothing more can change the answer.
  bool Done() const { return spent_ || (out_->counting_only && out_->count > 0); }

  static constexpr size_t kMostFaults = 100;

  FaultList* out_ = nullptr;
  size_t steps_ = 0;
  size_t depth_ = 0;
  bool spent_ = false;
};

}  // namespace connhost
