// Appends the parts of a payload.
#pragma once

#include <string>

namespace connhost {

// The bytes of a number or a padding-free struct as they stand in memory.
template <typename T>
void AppendBytes(std::string* payload, const T& part) {
  payload->append(reinterpret_cast<const char*>(&part), sizeof part);
}

}  // namespace connhost
