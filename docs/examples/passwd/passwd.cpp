#include <algorithm>
#include <connhost/sdk.hpp>
#include <fstream>
#include <sstream>

namespace sdk = connhost::sdk;

struct User {
  std::string name;
  int64_t uid;
  std::string home;
};

class Passwd : public sdk::Source {
 public:
  Passwd(const sdk::Json& config, sdk::Host) : path_(config.GetString("path")) {}

  void Authenticate() override {
    if (!std::ifstream(path_)) throw sdk::ConfigFailure("cannot open " + path_ + "; check 'path'");
  }

  void Discover(sdk::Catalog& catalog) override {
    catalog.Add({"users", sdk::ColumnsOf(fields_), {"name"}, "", false, "the users of a machine"});
  }

  // The state says how many lines are done, so that a run that was killed goes on behind them.
  void Read(const sdk::ReadRequest& request, sdk::Output& output) override {
    sdk::Table<User> users(output, fields_);
    std::ifstream file(path_);
    const int64_t done = request.state.is_null() ? 0 : DoneOf(request.state);
    int64_t lines = 0;
    for (std::string line; std::getline(file, line);) {
      if (++lines <= done) continue;
      std::istringstream cells(line);
      std::string name, password, uid, gid, about, home;
      for (auto* cell : {&name, &password, &uid, &gid, &about, &home})
        std::getline(cells, *cell, ':');
      users.Append({name, std::stoll(uid), home});
    }
    sdk::Json state = sdk::Json::Object();
    state.Set("lines", sdk::Json::Number(std::max(lines, done)));
    users.Checkpoint(state);
  }

 private:
  static int64_t DoneOf(const sdk::Json& state) {
    const int64_t done = state.GetInt("lines", -1);
    if (done < 0) throw sdk::StaleCursorFailure("the state is none of passwd; clear it");
    return done;
  }

  sdk::Fields<User> fields_ = {{"name", &User::name}, {"uid", &User::uid}, {"home", &User::home}};
  std::string path_;
};

CONNHOST_SOURCE("passwd", "1.0.0", Passwd)
