#include "host/run/grants.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "host/run/native_ports.h"

namespace connhost {
namespace {

// Calls `on_path` for each path a field holds: a string, or a list of strings.
template <class OnPath>
void ForEachPath(JsonValue& config, const std::string& field, OnPath&& on_path) {
  const auto found = config.FindMember(field.c_str());
  if (found == config.MemberEnd()) return;
  if (found->value.IsString()) return on_path(found->value);
  if (!found->value.IsArray()) return;
  for (JsonValue& item : found->value.GetArray()) {
    if (item.IsString()) on_path(item);
  }
}

// The folder or file to open up for a path that may hold wildcards.
std::string FixedPart(const std::string& path) {
  const size_t wildcard = path.find_first_of("*?[");
  if (wildcard == std::string::npos) return path;
  const size_t slash = path.rfind('/', wildcard);
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

bool IsWithin(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const auto [end, ignored] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end();
}

}  // namespace

void Grant(const Manifest& manifest, const JsonValue& config, const Home& home,
           WorkerSpec* worker) {
  Json copy;
  copy.CopyFrom(config, copy.GetAllocator());
  const auto grant = [&](const std::vector<std::string>& fields, std::vector<std::string>* paths) {
    for (const std::string& field : fields) {
      ForEachPath(copy, field, [&](JsonValue& value) {
        const std::string path = FixedPart(std::string(TextOf(value)));
        const auto normal = std::filesystem::path(path).lexically_normal();
        const bool ours = IsWithin(home.root, normal) ||
                          (IsWithin(normal, home.root) && !IsWithin(normal, home.bronze()));
        if (ours) {
          throw Error(ErrorKind::kPolicy, "connector '" + manifest.id + "': " + field + " '" +
                                              path + "' would open connhost's own data in " +
                                              home.root.string() +
                                              " to the connector; choose another folder");
        }
        paths->push_back(path);
      });
    }
  };
  // A source is stateless and writes nothing; a field that both roles use is read by the one and
  // written by the other.
  const bool writes = worker->role == WorkerRole::kDestination;
  std::vector<std::string> read = manifest.read_paths;
  if (writes) {
    grant(manifest.write_paths, &worker->write_paths);
    std::erase_if(read, [&](const std::string& field) {
      const auto& fields = manifest.write_paths;
      return std::find(fields.begin(), fields.end(), field) != fields.end();
    });
  }
  grant(read, &worker->read_paths);
  for (const std::string& path : worker->write_paths) MakeDirectories(path);
  if (manifest.native_network) worker->ports = NativePorts(manifest, config);
  worker->console = manifest.HasCapability("console");
}

void MakePathsAbsolute(const Manifest& manifest, const std::filesystem::path& base, Json* config) {
  const auto rewrite = [&](const std::vector<std::string>& fields) {
    for (const std::string& field : fields) {
      ForEachPath(*config, field, [&](JsonValue& value) {
        const std::filesystem::path path = std::string(TextOf(value));
        const std::string absolute =
            (path.is_absolute() ? path : std::filesystem::absolute(base) / path)
                .lexically_normal()
                .string();
        value.SetString(absolute.c_str(), config->GetAllocator());
      });
    }
  };
  rewrite(manifest.read_paths);
  rewrite(manifest.write_paths);
}

}  // namespace connhost
