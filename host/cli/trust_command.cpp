#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "host/cli/command.h"
#include "host/cli/key_files.h"
#include "host/cli/terminal.h"
#include "host/lifecycle/key_ring.h"

namespace connhost {
namespace {

std::string PrefixesText(const TrustedKey& key) {
  if (key.prefixes.empty()) return "catalogs only";
  std::string text;
  for (const std::string& prefix : key.prefixes) {
    text += (text.empty() ? "" : ",") + (prefix.empty() ? "*" : prefix);
  }
  return text;
}

std::string StateOf(const TrustedKey& key) {
  if (key.revoked_at != 0) {
    return key.successor.empty() ? "revoked" : "succeeded by " + key.successor;
  }
  if (key.expires_at != 0 && key.expires_at <= NowMicros()) return "expired";
  return "trusted";
}

JsonValue KeyJson(Json& document, const TrustedKey& key) {
  JsonValue item(rapidjson::kObjectType);
  const auto text = [&](const char* name, const std::string& value) {
    SetMember(document, item, name, std::string_view(value));
  };
  text("key", key.id);
  text("public_key", key.public_key);
  JsonValue prefixes(rapidjson::kArrayType);
  for (const std::string& prefix : key.prefixes) {
    prefixes.PushBack(JsonText(&document, prefix.empty() ? "*" : prefix), document.GetAllocator());
  }
  SetMember(document, item, "for", std::move(prefixes));
  text("comment", key.comment);
  text("state", StateOf(key));
  SetMember(document, item, "added_at", JsonTime(&document, key.added_at));
  SetMember(document, item, "expires_at", JsonTime(&document, key.expires_at));
  SetMember(document, item, "revoked_at", JsonTime(&document, key.revoked_at));
  text("successor", key.successor);
  return item;
}

void List(CommandContext& context) {
  Json document(rapidjson::kArrayType);
  TextTable table({"KEY", "FOR", "STATE", "EXPIRES", "COMMENT"});
  for (const TrustedKey& key : context.registry().ListKeys()) {
    table.Add(
        {key.id, PrefixesText(key), StateOf(key),
         key.expires_at == 0 ? "never" : FormatTime(key.expires_at).substr(0, 10), key.comment},
        StateOf(key) == "trusted" ? Colour::kNone : Colour::kDim);
    document.PushBack(KeyJson(document, key), document.GetAllocator());
  }
  context.PrintList(document, table, "no key is trusted; 'connhost trust add' adds one\n");
}

void Show(CommandContext& context, const TrustedKey& key) {
  if (context.json()) {
    Json document;
    Json item(rapidjson::kObjectType);
    document.CopyFrom(KeyJson(item, key), document.GetAllocator());
    return context.PrintJson(document);
  }
  context.Print("key " + key.id + " is trusted for " + PrefixesText(key) + "\n");
}

void Add(CommandContext& context, const std::string& key) {
  const Arguments& arguments = context.arguments();
  if (!arguments.Has("for")) {
    throw Error(ErrorKind::kUsage,
                "trust add: say which connectors the key may sign: --for acme-orders, --for acme- "
                "(all that start so), or --for '*'");
  }
  Show(context, AddKey(context.registry(),
                       {key, ParsePrefixes(arguments.Get("for")), arguments.Get("comment"),
                        DateOption(arguments, "expires")},
                       context.Audit("trust add", key)));
}

void Remove(CommandContext& context, const std::string& id) {
  RemoveKey(context.registry(), id, context.Audit("trust remove", id));
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    SetMember(document, document, "key", std::string_view(id));
    return context.PrintJson(document);
  }
  context.Print("key " + id + " is trusted no more; what it signed and is installed stays\n");
}

int Trust(CommandContext& context) {
  const std::string action = context.arguments().Positional(0);
  const std::string what = context.arguments().Positional(1);
  if (action == "list") {
    List(context);
    return 0;
  }
  if (what.empty() && (action == "add" || action == "remove" || action == "rotate")) {
    throw Error(ErrorKind::kUsage, "trust " + action + ": expected " +
                                       (action == "remove"   ? "a key's id"
                                        : action == "rotate" ? "the new public key's file"
                                                             : "a public key or its file"));
  }
  if (action == "add") {
    Add(context, what);
  } else if (action == "remove") {
    Remove(context, what);
  } else if (action == "rotate") {
    Show(context, RotateKey(context.registry(), what, context.Audit("trust rotate", what)));
  } else {
    throw Error(ErrorKind::kUsage, "trust: expected add, list, remove or rotate, found '" + action +
                                       "'" +
                                       DidYouMean(action, {"add", "list", "remove", "rotate"}));
  }
  return 0;
}

}  // namespace

Command TrustCommand() {
  return {"trust",
          "Say whose signatures count, and for which connectors",
          {"add|list|remove|rotate", "[KEY]"},
          {{"for", 0, "CONNECTORS", "add: csv, acme- (all that start so) or *; split by commas"},
           {"comment", 0, "TEXT", "add: whose key it is"},
           {"expires", 0, "DATE", "add: trusted until this day"},
           {"reason", 0, "TEXT", "why, for the audit log"}},
          {"connhost trust add acme.pub --for acme-", "connhost trust list",
           "connhost trust rotate acme-2027.pub", "connhost trust remove 0123456789ABCDEF"},
          Trust};
}

}  // namespace connhost
