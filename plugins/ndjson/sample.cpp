#include "plugins/ndjson/sample.h"

#include <algorithm>
#include <connhost/json.hpp>
#include <vector>

#include "plugins/ndjson/byte_input.h"
#include "plugins/ndjson/element_splitter.h"
#include "plugins/ndjson/input_format.h"
#include "plugins/ndjson/line_splitter.h"

namespace connhost::ndjson {

namespace {

constexpr size_t kSampleBytes = size_t{64} << 10;
constexpr size_t kSampleDocuments = 100;
constexpr size_t kMostMembers = 200;

// Collects member names in the order they turn up.
class Members : public RecordSink {
 public:
  void Record(std::string_view text, uint64_t) override {
    if (documents_ == kSampleDocuments || !sdk::IsJson(text)) return;
    const bool object = sdk::ForEachMember(text, [&](std::string_view key, std::string_view) {
      Note(sdk::json_detail::Unescape(key));
    });
    if (object) ++documents_;
  }
  void Blank(uint64_t) override {}
  void TooLarge(std::string_view, uint64_t) override {}

  std::string Describe() const {
    if (documents_ == 0) return "";
    std::string text = "Members at the top of the first " + std::to_string(documents_) +
                       (documents_ == 1 ? " document" : " documents");
    for (size_t i = 0; i < names_.size(); ++i) text += (i == 0 ? ": " : ", ") + names_[i];
    return text;
  }

 private:
  void Note(const std::string& name) {
    const bool known = std::find(names_.begin(), names_.end(), name) != names_.end();
    if (!known && names_.size() < kMostMembers) names_.push_back(name);
  }

  size_t documents_ = 0;
  std::vector<std::string> names_;
};

}  // namespace

std::string DescribeSample(const InputFile& file, const Settings& settings) {
  const SourceFile source(file.path);
  const InputFormat format = InputFormat::Of(source, settings);
  std::vector<char> bytes(kSampleBytes);
  const size_t got = OpenInput(source, format.compression, 0)->Read(bytes.data(), bytes.size());
  const std::string_view text(bytes.data(), got);
  Members members;
  if (format.format == Format::kArray) {
    ElementSplitter(file.path, settings.pointer, settings.max_record).Feed(text, members);
  } else {
    LineSplitter splitter(settings.max_record, 0, false);
    splitter.Feed(text, members);
    if (got < kSampleBytes) splitter.Finish(true, members);
  }
  return members.Describe();
}

}  // namespace connhost::ndjson
