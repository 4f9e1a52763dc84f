#include <fcntl.h>

#include "base/error.h"
#include "base/files.h"
#include "host/cli/command.h"
#include "host/cli/key_files.h"
#include "host/signature/message_digest.h"
#include "host/signature/signature.h"
#include "host/signature/signed_statement.h"
#include "host/store/package_name.h"

namespace connhost {
namespace {

// A file's name as one word of a statement.
std::string Word(std::string name) {
  for (char& c : name) {
    if (c <= 0x20 || c >= 0x7f) c = '_';
  }
  return name;
}

SignedStatement StatementOf(const std::filesystem::path& path, const std::string& sha256) {
  const std::string file = path.filename().string();
  if (const auto package = ParsePackageName(file)) {
    return {"package", package->id, package->version, sha256, 0};
  }
  if (file.ends_with(kPackageSuffix)) {
    throw Error(
        ErrorKind::kConfig,
        "expected a package called ID-VERSION-PLATFORM.connpkg, found '" + Word(file) + "'");
  }
  return {"file", Word(file), "-", sha256, 0};
}

int Sign(CommandContext& context) {
  const Arguments& arguments = context.arguments();
  const std::filesystem::path path = arguments.Positional(0);
  if (!arguments.Has("key")) {
    throw Error(ErrorKind::kUsage, "sign: expected --key SECRET; 'connhost keygen' makes a key");
  }
  const FileDigests digests = DigestFile(OpenFile(path, O_RDONLY).get(), path.string());
  SignedStatement statement = StatementOf(path, digests.sha256);
  statement.expires = DateOption(arguments, "expires") / 1000000;
  const Signature signature =
      LoadSecretKey(arguments.Get("key")).Sign(digests.message, WriteStatement(statement));
  const std::string output = path.string() + std::string(kSignatureSuffix);
  WriteFileAtomic(output, WriteSignature(signature));
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    SetMember(document, document, "signature", std::string_view(output));
    SetMember(document, document, "key", std::string_view(signature.key_id));
    SetMember(document, document, "trusted_comment", std::string_view(signature.trusted_comment));
    context.PrintJson(document);
    return 0;
  }
  context.Print(output + "  by key " + signature.key_id + "\n");
  return 0;
}

}  // namespace

Command SignCommand() {
  return {"sign",
          "Sign a package, or any file, as minisign does",
          {"FILE"},
          {{"key", 0, "SECRET", "the secret key's file"},
           {"expires", 0, "DATE", "the signature holds until this day"}},
          {"connhost sign orders-1.0.0-linux-x86_64.connpkg --key acme.key"},
          Sign};
}

}  // namespace connhost
