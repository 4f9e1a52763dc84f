// Where the schemas of a document and of those it refers to stand, and what their references mean.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/json.h"
#include "manifests/json_pointer.h"
#include "manifests/json_schema.h"

namespace connhost {

// One schema: a value of a document that is read as a schema.
struct SchemaPlace {
  const JsonValue* schema;
  const std::string* base;      // URI that its references are relative to
  const PointerStep* at;        // path from its document's root
  const std::string* document;  // URI of that document; nullptr the first one
  bool entry;                   // not part of an indexed schema: not yet checked by the meta-schema
};

// Finds schemas by their place under known keywords, registers `$id`s and loads other documents
// when a reference leads there. Owns every document; addresses stay valid for its life.
class SchemaIndex {
 public:
  explicit SchemaIndex(SchemaResolver resolver) : resolver_(std::move(resolver)) {}
  SchemaIndex(const SchemaIndex&) = delete;

  // Adds the first document. REQUIRES bounded depth, as of every document.
  const JsonValue& AddRoot(const JsonValue& root);

  // Grows while references are resolved; walk it by index.
  const std::deque<SchemaPlace>& places() const { return places_; }

  // The schema that a `$ref` at `from` leads to, or nullptr with a sentence in `fault`.
  const JsonValue* Resolve(const SchemaPlace& from, std::string_view reference, std::string& fault);

 private:
  const JsonValue* AddDocument(Json document, const std::string& uri, bool trusted);
  const JsonValue* FindResource(const std::string& uri);
  const JsonValue* FollowPointer(const JsonValue& resource, const std::string& pointer);
  void Walk(const JsonValue& schema, SchemaPlace context, bool entry);
  void WalkChildren(const JsonValue& schema, const SchemaPlace& context);
  void WalkMembers(const JsonValue& members, const SchemaPlace& context);
  const PointerStep* Below(const PointerStep& step) { return &steps_.emplace_back(step); }

  SchemaResolver resolver_;
  std::deque<Json> documents_;
  std::deque<std::string> uris_;
  std::deque<PointerStep> steps_;
  std::deque<SchemaPlace> places_;
  std::unordered_map<const JsonValue*, size_t> by_address_;  // into places_
  std::unordered_map<std::string, const JsonValue*> by_uri_;
};

}  // namespace connhost
