// The plugin: JSON documents in files, one per line or as the elements of an array.
#include <connhost/sdk.hpp>
#include <map>

#include "plugins/ndjson/file_list.h"
#include "plugins/ndjson/read_run.h"
#include "plugins/ndjson/sample.h"
#include "plugins/ndjson/settings.h"

namespace connhost::ndjson {

class NdjsonSource : public sdk::Source {
 public:
  NdjsonSource(const sdk::Json& config, sdk::Host host)
      : settings_(Settings::From(config)), host_(host) {}

  void Authenticate() override {
    const std::vector<InputFile> files = ListFiles(settings_);
    if (files.empty()) host_.Warn("no file matches '" + settings_.path + "' yet");
    for (const InputFile& file : files) SourceFile readable(file.path);
  }

  void Discover(sdk::Catalog& catalog) override {
    std::map<std::string, InputFile> first;  // of each stream
    for (const InputFile& file : ListFiles(settings_)) first.emplace(file.stream, file);
    if (first.empty() && !settings_.stream.empty()) Announce(catalog, settings_.stream, "");
    for (const auto& [stream, file] : first) Announce(catalog, stream, Describe(file));
  }

  void Read(const sdk::ReadRequest& request, sdk::Output& output) override {
    std::vector<InputFile> files;
    std::string streams = settings_.stream;
    for (InputFile& file : ListFiles(settings_)) {
      if (file.stream == request.stream) {
        files.push_back(std::move(file));
      } else if (streams.size() < kListedBytes) {
        streams += (streams.empty() ? "" : ", ") + file.stream;
      }
    }
    if (files.empty() && request.stream != settings_.stream) {
      throw sdk::ConfigFailure("stream '" + request.stream + "' has no file in '" + settings_.path +
                               "'; there are: " + (streams.empty() ? "none" : streams));
    }
    if (files.empty()) host_.Warn("no file matches '" + settings_.path + "' yet");
    ReadRun(settings_, host_, request, output).Run(files);
  }

 private:
  static constexpr size_t kListedBytes = 500;  // of stream names in a sentence

  std::string Describe(const InputFile& file) const {
    try {
      return DescribeSample(file, settings_);
    } catch (const sdk::Failure& failure) {
      host_.Warn(failure.what());
      return "";
    }
  }

  static void Announce(sdk::Catalog& catalog, const std::string& name,
                       const std::string& description) {
    sdk::StreamInfo stream;
    stream.name = name;
    stream.columns = DocumentColumns(sdk::ReadRequest()).columns();
    stream.incremental = true;
    stream.description = description;
    catalog.Add(stream);
  }

  const Settings settings_;
  const sdk::Host host_;
};

}  // namespace connhost::ndjson

CONNHOST_SOURCE("ndjson", "1.0.0", connhost::ndjson::NdjsonSource)
