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

  void Read(const sdk::ReadRequest&, sdk::Output& output) override {
    sdk::Table<User> users(output, fields_);
    std::ifstream file(path_);
    for (std::string line; std::getline(file, line);) {
      std::istringstream cells(line);
      std::string name, password, uid, gid, about, home;
      for (auto* cell : {&name, &password, &uid, &gid, &about, &home})
        std::getline(cells, *cell, ':');
      users.Append({name, std::stoll(uid), home});
    }
    users.Checkpoint(sdk::Json::Object());
  }

 private:
  sdk::Fields<User> fields_ = {{"name", &User::name}, {"uid", &User::uid}, {"home", &User::home}};
  std::string path_;
};

CONNHOST_SOURCE("passwd", "1.0.0", Passwd)
