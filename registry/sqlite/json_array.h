// Lists of texts as the tables keep them: a JSON array.
#pragma once

#include <string>
#include <vector>

namespace connhost {

std::string ToJsonArray(const std::vector<std::string>& texts);
// `column` names where the text stood, for sentences. Error{kInternal} when it is no such array.
std::vector<std::string> FromJsonArray(const std::string& json, const std::string& column);

}  // namespace connhost
