#include "host/worker/hello.h"

#include "base/error.h"
#include "base/json.h"
#include "host/wire/frame.h"

namespace connhost {
namespace {

const JsonValue& Member(const JsonValue& object, std::string_view name) {
  const JsonValue* member = FindMember(object, name);
  if (member == nullptr) {
    throw Error(ErrorKind::kInternal, "HELLO lacks '" + std::string(name) +
                                          "'; use a connhost and a connhost-worker of one release");
  }
  return *member;
}

[[noreturn]] void WrongType(std::string_view name, const char* expected) {
  throw Error(ErrorKind::kInternal,
              "HELLO: '" + std::string(name) + "' is not " + std::string(expected));
}

std::string Text(const JsonValue& object, std::string_view name) {
  const JsonValue& member = Member(object, name);
  if (!member.IsString()) WrongType(name, "a text");
  return std::string(TextOf(member));
}

uint64_t Number(const JsonValue& object, std::string_view name) {
  const JsonValue& member = Member(object, name);
  if (!member.IsUint64()) WrongType(name, "a whole number from 0");
  return member.GetUint64();
}

bool Flag(const JsonValue& object, std::string_view name) {
  const JsonValue& member = Member(object, name);
  if (!member.IsBool()) WrongType(name, "true or false");
  return member.GetBool();
}

std::vector<std::string> Paths(const JsonValue& object, std::string_view name) {
  const JsonValue& member = Member(object, name);
  if (!member.IsArray()) WrongType(name, "a list");
  std::vector<std::string> paths;
  for (const JsonValue& path : member.GetArray()) {
    if (!path.IsString()) WrongType(name, "a list of texts");
    paths.emplace_back(TextOf(path));
  }
  return paths;
}

std::vector<uint16_t> Ports(const JsonValue& object, std::string_view name) {
  const JsonValue& member = Member(object, name);
  if (!member.IsArray()) WrongType(name, "a list");
  std::vector<uint16_t> ports;
  for (const JsonValue& port : member.GetArray()) {
    if (!port.IsUint() || port.GetUint() > UINT16_MAX) WrongType(name, "a list of ports");
    ports.push_back(static_cast<uint16_t>(port.GetUint()));
  }
  return ports;
}

void CheckProtocol(const JsonValue& document) {
  const uint64_t protocol = Number(document, "protocol");
  if (protocol == kProtocol) return;
  throw Error(ErrorKind::kInternal, "this connhost-worker speaks protocol " +
                                        std::to_string(kProtocol) + ", the host speaks " +
                                        std::to_string(protocol) +
                                        "; use a connhost and a connhost-worker of one release");
}

}  // namespace

Hello ParseHello(std::string_view payload) {
  const Json document = ParseJson(payload, "HELLO");
  CheckProtocol(document);
  const JsonValue& limits = Member(document, "limits");
  Hello hello;
  hello.role = Text(document, "role");
  hello.library = Text(document, "library");
  hello.sha256 = Text(document, "sha256");
  hello.connector = Text(document, "connector");
  hello.memory_bytes = Number(limits, "memory_bytes");
  hello.cpu_seconds = Number(limits, "cpu_seconds");
  hello.read_paths = Paths(document, "read_paths");
  hello.write_paths = Paths(document, "write_paths");
  hello.scratch = Text(document, "scratch");
  hello.ports = Ports(document, "ports");
  hello.console = Flag(document, "console");
  if (hello.role != "describe" && hello.role != "source" && hello.role != "destination") {
    throw Error(ErrorKind::kInternal, "HELLO: the role '" + hello.role + "' is unknown");
  }
  return hello;
}

}  // namespace connhost
