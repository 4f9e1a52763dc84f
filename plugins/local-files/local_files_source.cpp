// The plugin: the files of a folder as records.
#include <connhost/sdk.hpp>

#include "plugins/local-files/files_read.h"
#include "plugins/local-files/folder_walk.h"
#include "plugins/local-files/settings.h"

namespace connhost::local_files {

class LocalFilesSource : public sdk::Source {
 public:
  LocalFilesSource(const sdk::Json& config, sdk::Host host)
      : settings_(Settings::From(config)), host_(host) {}

  void Authenticate() override { FolderWalk readable(settings_); }

  void Discover(sdk::Catalog& catalog) override {
    sdk::StreamInfo stream;
    stream.name = kStream;
    stream.columns = FilesRead::Columns();
    stream.key = {"path"};
    stream.incremental = true;
    stream.description = "Files below the folder, with content and hash";
    catalog.Add(stream);
  }

  void Read(const sdk::ReadRequest& request, sdk::Output& output) override {
    if (request.stream != kStream) {
      throw sdk::ConfigFailure("stream '" + request.stream + "' is unknown; there is 'files' only");
    }
    FilesRead(settings_, host_, request, output).Run();
  }

 private:
  static constexpr const char* kStream = "files";

  const Settings settings_;
  const sdk::Host host_;
};

}  // namespace connhost::local_files

CONNHOST_SOURCE("local-files", "1.0.0", connhost::local_files::LocalFilesSource)
