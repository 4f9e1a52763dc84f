#include "registry/records.h"

#include "base/error.h"
#include "base/text.h"

namespace connhost {
namespace {

const std::vector<std::string>& Names() {
  static const std::vector<std::string> names = {"running", "succeeded", "partial",
                                                 "failed",  "cancelled", "abandoned"};
  return names;
}

}  // namespace

const char* RunStatusName(RunStatus status) {
  return Names().at(static_cast<size_t>(status)).c_str();
}

RunStatus RunStatusOf(const std::string& name) {
  for (size_t i = 0; i < Names().size(); ++i) {
    if (Names()[i] == name) return static_cast<RunStatus>(i);
  }
  throw Error(ErrorKind::kConfig, "'" + name + "' is no status of a run: expected " +
                                      JoinWords(Names(), "or") + DidYouMean(name, Names()));
}

}  // namespace connhost
