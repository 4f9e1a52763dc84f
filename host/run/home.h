// CONNHOST_HOME: where an installation keeps what it knows.
#pragma once

#include <filesystem>
#include <string>

namespace connhost {

// The layout of the folder. Creating an object creates nothing.
struct Home {
  std::filesystem::path root;

  // $CONNHOST_HOME, else $XDG_DATA_HOME/connhost, else ~/.local/share/connhost. Error{kConfig} when
  // none is set.
  static Home FromEnvironment();

  std::filesystem::path registry() const { return root / "registry.db"; }
  std::filesystem::path store() const { return root / "store"; }
  std::filesystem::path logs() const { return root / "logs"; }
  std::filesystem::path dead_letters() const { return root / "dead-letters"; }
  std::filesystem::path downloads() const { return root / "downloads"; }
  std::filesystem::path scratch() const { return root / "scratch"; }
  std::filesystem::path bronze() const { return root / "bronze"; }

  // Creates the folder, readable by its owner only.
  void Create() const;
};

}  // namespace connhost
