// One transfer by libcurl.
#pragma once

#include "host/fetch/fetch_request.h"

namespace connhost {

// Follows at most five redirects, none from https to http. Proxies, SSL_CERT_FILE and
// CURL_CA_BUNDLE are taken from the environment. One thread.
FetchAnswer Download(const FetchRequest& request);

}  // namespace connhost
