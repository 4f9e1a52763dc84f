#include "manifests/yaml_builder.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <sstream>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/error.h"
#include "manifests/json_depth.h"
#include "manifests/yaml_scalars.h"

namespace connhost {
namespace {

constexpr size_t kMostValues = 50'000;
constexpr size_t kMostAliasWeight = size_t{1} << 20;

TextPosition PositionAt(const YAML::Mark& mark) {
  return {static_cast<size_t>(mark.line) + 1, static_cast<size_t>(mark.column) + 1};
}

// The cost of a copy of a value: its nodes and texts.
struct Weight {
  size_t bytes = 0;
  size_t height = 0;
};

Weight Weigh(const JsonValue& value) {
  Weight weight{sizeof(JsonValue), 0};
  const auto add = [&weight](const JsonValue& child) {
    const Weight inner = Weigh(child);
    weight.bytes += inner.bytes;
    weight.height = std::max(weight.height, inner.height + 1);
  };
  if (value.IsString()) weight.bytes += value.GetStringLength();
  if (value.IsArray()) {
    for (const JsonValue& element : value.GetArray()) add(element);
  }
  if (value.IsObject()) {
    for (const auto& member : value.GetObject()) {
      weight.bytes += sizeof(JsonValue) + member.name.GetStringLength();
      add(member.value);
    }
  }
  return weight;
}

// A mapping or list that is still open.
struct OpenContainer {
  JsonValue value;
  Place place;
  YAML::anchor_t anchor = 0;
  bool has_key = false;
  std::string key;
  TextPosition key_at;
  std::unordered_set<std::string> keys;
};

// Builds one document at a time and hands it to `documents`.
class Builder : public YAML::EventHandler {
 public:
  Builder(const std::string& what, std::vector<TextDocument>& documents)
      : what_(what), documents_(documents) {}

  void OnDocumentStart(const YAML::Mark&) override {
    document_ = TextDocument();
    anchored_.clear();
  }

  void OnDocumentEnd() override {
    if (!document_.json.IsNull()) documents_.push_back(std::move(document_));
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (ExpectsKey())
      Refuse(PositionAt(mark), "expected a key, found nothing (or an unquoted null)");
    Add(JsonValue(), LeafPlace(mark), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    const TextPosition at = PositionAt(mark);
    if (ExpectsKey()) return TakeKey(at, text);
    const bool plain = tag == "?";
    if (!plain && tag != "!" && tag != "tag:yaml.org,2002:str") RefuseTag(at, tag);
    JsonValue value;
    if (!plain || !ReadPlainScalar(text, value)) {
      value.SetString(text.data(), static_cast<rapidjson::SizeType>(text.size()), Allocator());
    }
    Add(std::move(value), LeafPlace(mark), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const TextPosition at = PositionAt(mark);
    if (ExpectsKey()) Refuse(at, "expected a key that is text, found an alias");
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) Refuse(at, "this alias refers to a value that contains it");
    const Weight weight = Weigh(found->second);
    alias_weight_ += weight.bytes;
    if (alias_weight_ > kMostAliasWeight) {
      Refuse(at, "the aliases up to here expand to more than 1 MiB: write fewer of them");
    }
    CheckDepth(at, open_.size() + weight.height);
    JsonValue copy(found->second, Allocator());
    Add(std::move(copy), LeafPlace(mark), 0);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, rapidjson::kArrayType);
  }
  void OnSequenceEnd() override { Close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, rapidjson::kObjectType);
  }
  void OnMapEnd() override { Close(); }

 private:
  bool ExpectsKey() const {
    return !open_.empty() && open_.back().value.IsObject() && !open_.back().has_key;
  }

  void TakeKey(TextPosition at, const std::string& key) {
    OpenContainer& container = open_.back();
    if (!container.keys.insert(key).second) {
      Refuse(at, "the key '" + ShownText(key) + "' stands twice: keep one");
    }
    container.has_key = true;
    container.key = key;
    container.key_at = at;
  }

  void Open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            rapidjson::Type type) {
    const TextPosition at = PositionAt(mark);
    if (ExpectsKey()) Refuse(at, "expected a key that is text, found a list or mapping");
    if (!tag.empty() && tag != "?" && tag != "!") RefuseTag(at, tag);
    CheckDepth(at, open_.size() + 1);
    OpenContainer container;
    container.value = JsonValue(type);
    container.place.at = at;
    container.place.is_list = type == rapidjson::kArrayType;
    container.anchor = anchor;
    open_.push_back(std::move(container));
  }

  void Close() {
    OpenContainer container = std::move(open_.back());
    open_.pop_back();
    Add(std::move(container.value), std::move(container.place), container.anchor);
  }

  void Add(JsonValue value, Place place, YAML::anchor_t anchor) {
    if (++values_ > kMostValues) {
      Refuse(place.at, "expected at most " + WithThousands(kMostValues) + " values, found more");
    }
    if (anchor != YAML::NullAnchor) anchored_[anchor].CopyFrom(value, Allocator());
    if (open_.empty()) {
      static_cast<JsonValue&>(document_.json) = std::move(value);
      document_.places = std::move(place);
      return;
    }
    OpenContainer& parent = open_.back();
    if (parent.value.IsArray()) {
      parent.value.PushBack(std::move(value), Allocator());
    } else {
      place.key = parent.key;
      place.at = parent.key_at;
      parent.has_key = false;
      JsonValue key(parent.key.data(), static_cast<rapidjson::SizeType>(parent.key.size()),
                    Allocator());
      parent.value.AddMember(std::move(key), std::move(value), Allocator());
    }
    parent.place.children.push_back(std::move(place));
  }

  static Place LeafPlace(const YAML::Mark& mark) {
    Place place;
    place.at = PositionAt(mark);
    return place;
  }

  void CheckDepth(TextPosition at, size_t depth) const {
    if (depth <= kDeepestDocument) return;
    Refuse(at, "nested deeper than " + std::to_string(kDeepestDocument) +
                   " levels: expected a flatter document");
  }

  [[noreturn]] void RefuseTag(TextPosition at, const std::string& tag) const {
    Refuse(at, "the tag '" + ShownText(tag) + "' is not supported: write a plain value");
  }

  [[noreturn]] void Refuse(TextPosition at, const std::string& message) const {
    throw Error(ErrorKind::kConfig, FormatFindings(what_, {{"", at.line, at.column, message}}));
  }

  Json::AllocatorType& Allocator() { return document_.json.GetAllocator(); }

  const std::string& what_;
  std::vector<TextDocument>& documents_;
  TextDocument document_;
  std::vector<OpenContainer> open_;
  std::unordered_map<YAML::anchor_t, JsonValue> anchored_;  // memory of document_
  size_t alias_weight_ = 0;
  size_t values_ = 0;
};

}  // namespace

std::vector<TextDocument> ParseYaml(std::string_view text, const std::string& what) {
  std::vector<TextDocument> documents;
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    Builder builder(what, documents);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    // At the end of the text the library gives an offset, but no line.
    const bool offset_only = error.mark.line == 0 && error.mark.column == 0 && error.mark.pos > 0;
    const TextPosition at = offset_only ? PositionOf(text, static_cast<size_t>(error.mark.pos))
                                        : PositionAt(error.mark);
    throw Error(ErrorKind::kConfig,
                FormatFindings(what, {{"", at.line, at.column, "not valid YAML: " + error.msg}}));
  }
  return documents;
}

}  // namespace connhost
