#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "host/cli/command.h"
#include "host/cli/key_files.h"
#include "host/cli/password.h"
#include "host/signature/signature.h"
#include "host/signature/signed_statement.h"

namespace connhost {
namespace {

void RefuseToOverwrite(const std::filesystem::path& path) {
  if (!std::filesystem::exists(std::filesystem::symlink_status(path))) return;
  throw Error(ErrorKind::kConfig, path.string() +
                                      " exists; keys are not overwritten, give the "
                                      "new one another name");
}

std::string Succession(const SecretKey& old_key, const PublicKey& successor,
                       const std::string& text) {
  const SignedStatement said{"successor", old_key.public_key().id, successor.id, Sha256Hex(text),
                             0};
  return WriteSignature(old_key.Sign(DigestMessage(text), WriteStatement(said)));
}

SecretBytes NewPassword(const CommandContext& context, const std::string& what) {
  return context.arguments().Has("no-password") ? SecretBytes(0) : AskNewKeyPassword(what);
}

int Keygen(CommandContext& context) {
  const Arguments& arguments = context.arguments();
  const std::string name = arguments.Positional(0).empty() ? "connhost" : arguments.Positional(0);
  const std::string public_path = name + ".pub", secret_path = name + ".key";
  const std::string statement_path = public_path + std::string(kSignatureSuffix);
  for (const std::string& path : {public_path, secret_path}) RefuseToOverwrite(path);
  const std::string old_path = arguments.Get("succeed");
  if (!old_path.empty()) RefuseToOverwrite(statement_path);
  const SecretKey key = SecretKey::Generate();
  const std::string public_text = WritePublicKey(key.public_key());
  const std::string statement =
      old_path.empty() ? "" : Succession(LoadSecretKey(old_path), key.public_key(), public_text);
  WriteFileAtomic(secret_path, key.Write(NewPassword(context, secret_path).text()).text(), 0600);
  WriteFileAtomic(public_path, public_text);
  if (!statement.empty()) WriteFileAtomic(statement_path, statement);
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    SetMember(document, document, "key", std::string_view(key.public_key().id));
    SetMember(document, document, "public_key", std::string_view(key.public_key().Base64()));
    SetMember(document, document, "public_file", std::string_view(public_path));
    SetMember(document, document, "secret_file", std::string_view(secret_path));
    context.PrintJson(document);
    return 0;
  }
  context.Print("key " + key.public_key().id + "\n" + secret_path +
                "  secret: keep it, and a copy\n" + public_path +
                "  public: give it to those who install\n" +
                (statement.empty() ? ""
                                   : statement_path + "  says that it succeeds the old key: give "
                                                      "both to those who trusted that\n"));
  return 0;
}

}  // namespace

Command KeygenCommand() {
  return {"keygen",
          "Make a key that signs packages and catalogs",
          {"[NAME]"},
          {{"no-password", 0, "", "leave the secret key unencrypted (for machines)"},
           {"succeed", 0, "OLD.key", "also sign, with the old key, that this one follows it"}},
          {"connhost keygen acme", "connhost keygen acme-2027 --succeed acme.key"},
          Keygen};
}

}  // namespace connhost
