// A source in several versions, for tests of upgrades: reads the integers that a growing file
// holds, one a line, and goes on from the line in its state. What differs between the versions is
// defined by CMakeLists.txt.
#include <connhost/sdk.hpp>
#include <fstream>
#include <string>

namespace sdk = connhost::sdk;

namespace {

struct Row {
  int64_t id;
  std::string text;
#ifdef WITH_LENGTH
  int64_t length;
#endif
};

std::string TextOf(const std::string& line) {
#ifdef WITH_OTHER_TEXT
  return "line " + line;
#else
  return "number " + line;
#endif
}

class Counter : public sdk::Source {
 public:
  Counter(const sdk::Json& config, sdk::Host) : path_(config.GetString("path")) {}

  void Authenticate() override {
    if (!std::ifstream(path_)) throw sdk::ConfigFailure("cannot open " + path_ + "; check 'path'");
  }

  void Discover(sdk::Catalog& catalog) override {
    catalog.Add({STREAM, sdk::ColumnsOf(fields_), {"id"}, "", true, "the numbers of a file"});
  }

  void Read(const sdk::ReadRequest& request, sdk::Output& output) override {
    sdk::Table<Row> rows(output, fields_);
    const int64_t done =
        request.state.is_null() || !request.incremental ? 0 : request.state.GetInt("lines", 0);
    std::ifstream file(path_);
    int64_t number = 0;
    for (std::string line; std::getline(file, line) && !file.eof();) {
      if (++number <= done) continue;
      Row row{std::stoll(line), TextOf(line)
#ifdef WITH_LENGTH
                                    ,
              static_cast<int64_t>(line.size())
#endif
      };
      rows.Append(row);
      if (number % 100 == 0) rows.Checkpoint(StateOf(number));
    }
    rows.Checkpoint(StateOf(number));
  }

 private:
  static sdk::Json StateOf(int64_t lines) {
    sdk::Json state = sdk::Json::Object();
    state.Set("lines", sdk::Json::Number(lines));
    return state;
  }

  sdk::Fields<Row> fields_ = {{"id", &Row::id},
                              {"text", &Row::text}
#ifdef WITH_LENGTH
                              ,
                              { "length",
                                &Row::length }
#endif
  };
  std::string path_;
};

}  // namespace

CONNHOST_SOURCE("counter", VERSION, Counter)
