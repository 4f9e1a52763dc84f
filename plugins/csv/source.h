// The source: files to streams.
#pragma once

#include <connhost/source.hpp>
#include <vector>

#include "plugins/csv/files.h"
#include "plugins/csv/layout.h"
#include "plugins/csv/row_reader.h"

namespace connhost::csv {

// Looks at the files anew at every call. Main thread.
class CsvSource : public sdk::Source {
 public:
  CsvSource(const sdk::Json& config, sdk::Host host, const Sizes& sizes = {});

  void Authenticate() override;
  void Discover(sdk::Catalog& catalog) override;
  void Read(const sdk::ReadRequest& request, sdk::Output& output) override;

 private:
  std::vector<Layout> ReadLayouts(const std::vector<FoundFile>& files) const;
  void CheckTypes(const std::vector<FoundFile>& all, const std::vector<Layout>& layouts) const;

  Config config_;
  sdk::Host host_;
  Sizes sizes_;
};

}  // namespace connhost::csv
