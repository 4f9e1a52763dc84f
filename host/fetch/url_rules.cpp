#include "host/fetch/url_rules.h"

#include <curl/curl.h>

#include <memory>

#include "base/error.h"

namespace connhost {
namespace {

std::string Part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (::curl_url_get(url, which, &text, 0) != CURLUE_OK) return "";
  const std::unique_ptr<char, void (*)(void*)> owned(text, ::curl_free);
  return text;
}

bool IsThisMachine(const std::string& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace

bool CheckUrl(const std::string& url, bool allow_http, bool secure_only) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(::curl_url(), ::curl_url_cleanup);
  if (::curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
    throw Error(ErrorKind::kConfig, "'" + url + "' is no address");
  }
  if (!Part(parsed.get(), CURLUPART_USER).empty()) {
    throw Error(ErrorKind::kPolicy, "an address with a name and password is not accepted");
  }
  const std::string scheme = Part(parsed.get(), CURLUPART_SCHEME);
  if (scheme == "https") return true;
  if (scheme != "http") {
    throw Error(ErrorKind::kPolicy, url + ": only https (and http) is served, found " + scheme);
  }
  if (secure_only) {
    throw Error(ErrorKind::kPolicy, url + ": the server leads from https to http; refused");
  }
  if (allow_http || IsThisMachine(Part(parsed.get(), CURLUPART_HOST))) return false;
  throw Error(ErrorKind::kPolicy, url +
                                      ": http can be read and changed on its way; use https, or "
                                      "say --allow-http");
}

}  // namespace connhost
