// JSON Schema draft-07 (https://json-schema.org/draft-07) over RapidJSON documents.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "manifests/finding.h"

namespace connhost {

// The document at an absolute URI (without fragment), or nullopt. Called while a schema is
// compiled. The draft-07 meta-schema is built in and never asked for.
using SchemaResolver = std::function<std::optional<Json>(const std::string& uri)>;

// A compiled schema. Owns a copy of its source. Immutable: any thread may validate at any time.
//
// Beyond draft-07: the annotation "x-expected" of a schema is a phrase ("a size such as 256MiB")
// that replaces "text" and "text that matches ..." in sentences.
//
// Of `format`, date, time, date-time, email, hostname, ipv4, ipv6, uri, uri-reference and
// json-pointer are asserted; others are annotations.
class JsonSchema {
 public:
  // Compiles `schema`, or adds every fault of it to `faults` and returns nullopt. A fault's pointer
  // is a place in `schema`. Faults: what the meta-schema refuses, patterns RE2 refuses, references
  // that lead nowhere or in a circle, more than 256 levels or 10,000
  // schemas.
  static std::optional<JsonSchema> Compile(const JsonValue& schema, std::vector<Finding>& faults,
                                           const SchemaResolver& resolver = {});

  // The same; throws Error{kConfig} with all faults, `what` naming the schema.
  static JsonSchema CompileOrThrow(const JsonValue& schema, const std::string& what,
                                   const SchemaResolver& resolver = {});

  JsonSchema(JsonSchema&&) noexcept;
  JsonSchema& operator=(JsonSchema&&) noexcept;
  ~JsonSchema();

  // Every fault of `value` (at most 100, then one that counts the rest), leaves only: a list whose
  // element is wrong is not itself reported. Line and column stay 0. Work is bounded: a value
  // deeper than 256 levels, or a schema that multiplies the work beyond 1,000,000 steps, is itself
  // a finding.
  std::vector<Finding> Validate(const JsonValue& value) const;

  // The same against the subschema at a pointer of the source, "/properties/path".
  // REQUIRES that a subschema stands there.
  std::vector<Finding> ValidateAt(std::string_view pointer, const JsonValue& value) const;

 private:
  struct Program;
  explicit JsonSchema(std::unique_ptr<const Program> program);
  static std::optional<JsonSchema> CompileUnchecked(const JsonValue& schema,
                                                    const JsonSchema* metaschema,
                                                    std::vector<Finding>& faults,
                                                    const SchemaResolver& resolver);
  static const JsonSchema& Metaschema();

  std::unique_ptr<const Program> program_;
};

}  // namespace connhost
