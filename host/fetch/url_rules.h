// Which addresses may be fetched.
#pragma once

#include <string>

namespace connhost {

// https to anywhere, http to this machine or where `allow_http`; `secure_only` after the first
// https of a chain of redirects. Judged by libcurl's own reading of the address. Returns whether it
// is https. Error{kPolicy}, or Error{kConfig} when it is no address.
bool CheckUrl(const std::string& url, bool allow_http, bool secure_only);

}  // namespace connhost
