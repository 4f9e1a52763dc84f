// Broken manifests: each refusal names the document, the line, the column and the field.
#include "base/error.h"
#include "manifest_text.h"
#include "manifests/manifest.h"

namespace connhost {
namespace {

struct BrokenCase {
  const char* from;
  const char* to;
  const char* refusal;
};

std::string Refusal(const std::string& text) {
  try {
    ParseManifest(text, "m.yaml");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    return error.what();
  }
  return "accepted";
}

const BrokenCase kCases[] = {
    {"native: {host: host, port: port}", "native: {host: host}",
     "m.yaml: line 19, column 3: network.native: missing key 'port'"},
    {"native: {host: host, port: port}", "native: {url: link, default_port: 5432}",
     "m.yaml: line 19, column 12: network.native.url: expected the name of a field of "
     "config.properties, found 'link'"},
    {"manifest: 1", "manifest: 2", "m.yaml: line 1, column 1: manifest: expected 1, found 2"},
    {"manifest: 1", "# manifest: 1", "m.yaml: line 2, column 1: missing key 'manifest'"},
    {"id: orders-db", "id: Orders DB",
     "m.yaml: line 2, column 1: id: expected a name of at most 64 lowercase letters, digits, '-' "
     "and '_', found 'Orders DB'"},
    {"id: orders-db", "id: 17",
     "m.yaml: line 2, column 1: id: expected a name of at most 64 lowercase letters, digits, '-' "
     "and '_', found 17 (write it in quotes)"},
    {"id: orders-db", "ID: orders-db",
     "m.yaml: line 1, column 1: missing key 'id'\nm.yaml: line 2, column 1: ID: unknown key 'ID': "
     "expected one of 'manifest', 'id', 'version', 'name', 'description', 'publisher', 'license', "
     "'taxonomy', 'kind', 'abi', 'platforms', 'capabilities', 'runners', 'network', 'files', "
     "'secrets', 'config', 'streams', 'state', 'parallel_streams', 'limits' or 'compliance'"},
    {"version: 1.2.0-rc.1", "version: 1.0",
     "m.yaml: line 3, column 1: version: expected a semantic version such as 1.0.0 or 2.1.0-rc.1, "
     "found 1.0"},
    {"version: 1.2.0-rc.1", "version: v1.0.0",
     "m.yaml: line 3, column 1: version: expected a semantic version such as 1.0.0 or 2.1.0-rc.1, "
     "found 'v1.0.0'"},
    {"version: 1.2.0-rc.1", "version: 1.0.0-01",
     "m.yaml: line 3, column 1: version: expected a semantic version such as 1.0.0 or 2.1.0-rc.1, "
     "found '1.0.0-01'"},
    {"version: 1.2.0-rc.1", "version: 1.0.0-a..b",
     "m.yaml: line 3, column 1: version: expected a semantic version such as 1.0.0 or 2.1.0-rc.1, "
     "found '1.0.0-a..b'"},
    {"name: Orders database", "name: \"\"",
     "m.yaml: line 4, column 1: name: expected at least 1 character, found 0"},
    {"name: Orders database", "name: \"\\e[31mred\"",
     "m.yaml: line 4, column 1: name: expected one line of text without control characters, found "
     "'\\x1b[31mred'"},
    {"publisher: connhost", "publisher: [connhost]",
     "m.yaml: line 8, column 1: publisher: expected one line of text without control characters, "
     "found a list"},
    {"license: Apache-2.0", "license:",
     "m.yaml: line 9, column 1: license: expected one line of text without control characters, "
     "found null"},
    {"license: Apache-2.0", "licence: Apache-2.0",
     "m.yaml: line 1, column 1: missing key 'license'\nm.yaml: line 9, column 1: licence: unknown "
     "key 'licence' (did you mean 'license'?)"},
    {"origin: public", "origin: pubic",
     "m.yaml: line 10, column 12: taxonomy.origin: expected one of 'enterprise', 'third_party' or "
     "'public', found 'pubic' (did you mean 'public'?)"},
    {", method: sql}", "}", "m.yaml: line 10, column 1: taxonomy: missing key 'method'"},
    {"kind: both", "kind: sink",
     "m.yaml: line 11, column 1: kind: expected one of 'source', 'destination' or 'both', found "
     "'sink'"},
    {"kind: both", "kind: both\nkind: source",
     "m.yaml: line 12, column 1: the key 'kind' stands twice: keep one"},
    {"abi: 1", "abi: 1.5", "m.yaml: line 12, column 1: abi: expected a whole number, found 1.5"},
    {"abi: 1", "abi: 0",
     "m.yaml: line 12, column 1: abi: expected a number of at least 1, found 0"},
    {"abi: 1", "abi: one", "m.yaml: line 12, column 1: abi: expected a whole number, found 'one'"},
    {"platforms:\n  linux-x86_64: lib/orders-db.so", "platforms: {}",
     "m.yaml: line 13, column 1: platforms: expected at least 1 key, found 0"},
    {"linux-x86_64: lib", "linux-amd64: lib",
     "m.yaml: line 14, column 3: platforms.linux-amd64: the key itself: expected one of "
     "'linux-x86_64', 'linux-aarch64', 'macos-x86_64', 'macos-aarch64' or 'windows-x86_64', found "
     "'linux-amd64'"},
    {"lib/orders-db.so", "../orders-db.so",
     "m.yaml: line 14, column 3: platforms.linux-x86_64: expected a relative path within the "
     "package such as lib/csv.so, found '../orders-db.so'"},
    {"lib/orders-db.so", "/usr/lib/orders-db.so",
     "m.yaml: line 14, column 3: platforms.linux-x86_64: expected a relative path within the "
     "package such as lib/csv.so, found '/usr/lib/orders-db.so'"},
    {"lib/orders-db.so", "lib/../../x.so",
     "m.yaml: line 14, column 3: platforms.linux-x86_64: expected a relative path within the "
     "package such as lib/csv.so, found 'lib/../../x.so'"},
    {"[full, incremental, append]", "[full, incremetal, append]",
     "m.yaml: line 15, column 22: capabilities[1]: expected one of 'full', 'incremental', 'cdc', "
     "'append', 'upsert', 'overwrite', 'history' or 'console', found 'incremetal' (did you mean "
     "'incremental'?)"},
    {"[full, incremental, append]", "[console, append]",
     "m.yaml: line 15, column 1: capabilities: expected at least one of full, incremental or cdc "
     "for a source, found none of them"},
    {"[full, incremental, append]", "[full]",
     "m.yaml: line 15, column 1: capabilities: expected at least one of append, upsert, overwrite "
     "or history for a destination, found none of them"},
    {"[full, incremental, append]", "[full, append, full]",
     "m.yaml: line 15, column 30: capabilities[2]: expected every element once, found 'full' again "
     "(first at [0])"},
    {"[full, incremental, append]", "[]",
     "m.yaml: line 15, column 1: capabilities: expected at least 1 element, found 0"},
    {"runners: [local]", "runners: [moon]",
     "m.yaml: line 16, column 11: runners[0]: expected one of 'local', 'lambda', 'fargate', 'ec2' "
     "or 'glue', found 'moon'"},
    {"runners: [local]", "runners: local",
     "m.yaml: line 16, column 1: runners: expected a list, found 'local'"},
    {"api.example.com,", "https://api.example.com/v1,",
     "m.yaml: line 18, column 14: network.patterns[0]: expected a host such as api.github.com, "
     "*.example.com or localhost:8080, found 'https://api.example.com/v1'"},
    {"native: {host: host", "native: {host: hots",
     "m.yaml: line 19, column 12: network.native.host: expected the name of a field of "
     "config.properties, found 'hots' (did you mean 'host'?)"},
    {"native: {host: host, port: port}", "native: {host: host}",
     "m.yaml: line 19, column 3: network.native: missing key 'port'"},
    {"read: [path]", "read: [paths]",
     "m.yaml: line 20, column 16: files.read[0]: expected the name of a field of "
     "config.properties, found 'paths' (did you mean 'path'?)"},
    {"write: []", "writes: []",
     "m.yaml: line 20, column 23: files.writes: unknown key 'writes' (did you mean 'write'?)"},
    {"secrets: [api-token]", "secrets: [API_TOKEN]",
     "m.yaml: line 21, column 11: secrets[0]: expected a name of at most 64 lowercase letters, "
     "digits, '-' and '_', found 'API_TOKEN'"},
    {"  type: object", "  type: array",
     "m.yaml: line 23, column 3: config.type: expected 'object', found 'array'"},
    {"  type: object", "  type: objekt",
     "m.yaml: line 23, column 3: config.type: expected 'object', found 'objekt'"},
    {"  type: object\n", "", "m.yaml: line 22, column 1: config: missing key 'type'"},
    {"required: [host, port]", "requried: [host, port]",
     "m.yaml: line 24, column 3: config.requried: unknown key 'requried' (did you mean "
     "'required'?)"},
    {"required: [host, port]", "required: host",
     "m.yaml: line 24, column 3: config.required: expected a list, found 'host'"},
    {"{type: string, description: Where the database runs., ", "{type: string, ",
     "m.yaml: line 26, column 5: config.properties.host: missing key 'description'"},
    {"minimum: 1,", "minimum: one,",
     "m.yaml: line 27, column 51: config.properties.port.minimum: expected a number, found 'one'"},
    {"default: 5432", "default: 70000",
     "m.yaml: line 27, column 79: config.properties.port.default: expected a number of at most "
     "65535, found 70000"},
    {"[db.example.com]", "[db.example.com, 7]",
     "m.yaml: line 26, column 92: config.properties.host.examples[1]: expected text, found 7 "
     "(write it in quotes)"},
    {"\"^[^*]+$\"", "\"^(?!x)\"",
     "m.yaml: line 28, column 59: config.properties.path.pattern: the pattern '^(?!x)' is refused, "
     "'invalid perl operator: (?!': expected RE2 syntax, which has no look-ahead, look-behind or "
     "back-references"},
    {"\"^[^*]+$\"", "\"(\"",
     "m.yaml: line 28, column 59: config.properties.path.pattern: the pattern '(' is refused, "
     "'missing ): (': expected RE2 syntax, which has no look-ahead, look-behind or "
     "back-references"},
    {"enum: [\",\", \";\"]", "enum: [\";\"]",
     "m.yaml: line 33, column 7: config.properties.delimiter.default: expected ';', found ','"},
    {"path: {type: string, description", "path: {$ref: '#/definitions/path', description",
     "m.yaml: line 28, column 12: config.properties.path.$ref: the reference '#/definitions/path' "
     "leads nowhere"},
    {"path: {type: string, description", "path: {$ref: 'http://x.example/y', description",
     "m.yaml: line 28, column 12: config.properties.path.$ref: the reference 'http://x.example/y' "
     "leads outside: expected a place in this schema, such as '#/definitions/name'"},
    {"path: {type: string, description", "path: {$ref: '#/properties/path', description",
     "m.yaml: line 28, column 5: config.properties.path: this schema refers to itself without end"},
    {"name: customers", "name: orders",
     "m.yaml: line 36, column 5: streams[1].name: the stream 'orders' stands twice: keep one"},
    {"name: customers", "key: [id]", "m.yaml: line 36, column 5: streams[1]: missing key 'name'"},
    {"cursor: updated_at", "cursor: [updated_at]",
     "m.yaml: line 35, column 31: streams[0].cursor: expected one line of text without control "
     "characters, found a list"},
    {"reads: [orders-db/1, orders-db/2]", "reads: [orders-db/1]",
     "m.yaml: line 37, column 30: state.reads: expected the format that is written, 'orders-db/2', "
     "among those that are read"},
    {"writes: orders-db/2", "writes: orders-db",
     "m.yaml: line 37, column 9: state.writes: expected a state format such as csv/1, found "
     "'orders-db'"},
    {"parallel_streams: 4", "parallel_streams: 1000",
     "m.yaml: line 38, column 1: parallel_streams: expected a number of at most 64, found 1000"},
    {"256MiB", "256MB",
     "m.yaml: line 39, column 10: limits.memory: expected a size such as 256MiB (KiB, MiB or GiB), "
     "found '256MB'"},
    {"cpu: 1h", "cpu: 3600",
     "m.yaml: line 39, column 26: limits.cpu: expected a time such as 60s (s, m or h), found 3600"},
    {"idle_timeout", "idle-timeout",
     "m.yaml: line 39, column 35: limits.idle-timeout: unknown key 'idle-timeout' (did you mean "
     "'idle_timeout'?)"},
    {"data_residency: [eu]", "data_residency: eu",
     "m.yaml: line 40, column 39: compliance.data_residency: expected a list, found 'eu'"},
    {"abi: 1", "\tabi: 1", "m.yaml: line 12, column 1: found a tab in the indentation: use spaces"},
    {"abi: 1", "abi: [1",
     "m.yaml: line 13, column 10: not valid YAML: end of sequence flow not found"},
    {"abi: 1", "abi: *one",
     "m.yaml: line 12, column 6: not valid YAML: the referenced anchor is not defined"},
    {"abi: 1", "abi: !!int 1",
     "m.yaml: line 12, column 6: the tag 'tag:yaml.org,2002:int' is not supported: write a plain "
     "value"},
    {"abi: 1", "? [abi]\n: 1",
     "m.yaml: line 12, column 3: expected a key that is text, found a list or mapping"},
    {"compliance:", "--- \ncompliance:",
     "m.yaml: line 41, column 1: expected one document, found a second one here"},
};

TEST(BrokenManifests, EachRefusalNamesFieldLineAndColumn) {
  for (const BrokenCase& one : kCases) {
    EXPECT_EQ(Refusal(Broken(one.from, one.to)), one.refusal) << one.from << " -> " << one.to;
  }
}

}  // namespace
}  // namespace connhost
