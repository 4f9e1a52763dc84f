// Which connections a version of a connector must stay for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "registry/records.h"

namespace connhost {

// The connections whose documents ask for a range of versions that holds `removed` and none of
// `left`, as "acme/orders (^1.0)". A connection without a range takes any version and is never
// among them. A document or range that cannot be read counts as none.
std::vector<std::string> ConnectionsThatNeed(const std::vector<TenantConnection>& connections,
                                             const ConnectorDefinition& removed,
                                             const std::vector<std::string>& left);

// The range of versions that one side ("source" or "destination") of a connection's document asks
// for, when it names the connector `id`; "" when it names no range. nullopt when that side names
// another connector.
std::optional<std::string> RangeAskedFor(const JsonValue& document, const char* side,
                                         const std::string& id);

}  // namespace connhost
