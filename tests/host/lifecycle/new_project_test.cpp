#include "host/lifecycle/new_project.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"
#include "base/files.h"
#include "host/lifecycle/package_checks.h"

namespace connhost {
namespace {

std::string Refusal(const ProjectSpec& spec, const std::filesystem::path& parent) {
  try {
    WriteProject(spec, parent);
  } catch (const Error& error) {
    return std::string(ErrorKindName(error.kind())) + ": " + error.what();
  }
  return "accepted";
}

TEST(NewProject, EachKindInEachLanguageHasItsFilesAndASoundManifest) {
  for (const char* kind : {"source", "destination"}) {
    for (const char* lang : {"c++", "c"}) {
      const TemporaryDirectory folder;
      const auto files = WriteProject({"my-first", kind, lang}, folder.path());
      EXPECT_EQ(files.size(), 7U) << kind << lang;
      const Manifest manifest = ReadPackageManifest(folder.path() / "my-first", "manifest.yaml");
      EXPECT_EQ(manifest.id, "my-first");
      EXPECT_EQ(manifest.source, std::string(kind) == "source");
      for (const std::string& file : files) {
        EXPECT_EQ(ReadFile(folder.path() / file).find("{{name}}"), std::string::npos) << file;
      }
    }
  }
}

TEST(NewProject, InCIncludesTheHeaderOfTheContractAlone) {
  for (const TemplateFile& file : TemplateFiles()) {
    if (file.path != "plugin.c") continue;
    EXPECT_NE(file.text.find("<connhost/plugin.h>"), std::string::npos);
    EXPECT_EQ(file.text.find(".hpp"), std::string::npos);
  }
}

TEST(NewProject, TouchesNothingThatIsThere) {
  const TemporaryDirectory folder;
  const ProjectSpec spec{"orders", "source", "c++"};
  MakeDirectories(folder.path() / "orders");
  EXPECT_EQ(Refusal(spec, folder.path()), "accepted") << "an empty folder is no hindrance";
  std::ofstream(folder.path() / "orders/plugin.cpp") << "mine";
  EXPECT_NE(Refusal(spec, folder.path()).find("config: "), std::string::npos);
  EXPECT_EQ(ReadFile(folder.path() / "orders/plugin.cpp"), "mine");
  std::ofstream(folder.path() / "file") << "mine";
  EXPECT_NE(Refusal({"file", "source", "c"}, folder.path()), "accepted");
}

TEST(NewProject, RefusesWhatThereIsNot) {
  const TemporaryDirectory folder;
  for (const char* name : {"", "..", "a/b", "Orders", "a b", "-a"}) {
    EXPECT_NE(Refusal({name, "source", "c"}, folder.path()).find("usage: "), std::string::npos)
        << name;
  }
  EXPECT_NE(Refusal({"a", "both", "c"}, folder.path()).find("source or destination"),
            std::string::npos);
  EXPECT_NE(Refusal({"a", "source", "yaml"}, folder.path()).find("not there yet"),
            std::string::npos);
  EXPECT_NE(Refusal({"a", "source", "rust"}, folder.path()).find("c++ or c"), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace connhost
