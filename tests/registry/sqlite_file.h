// Looks into a registry file behind the back of the code under test.
#pragma once

#include <filesystem>
#include <string>

namespace connhost {

// Runs SQL on its own connection; the first column of the first row as text, "" without one. A
// failure fails the test.
std::string QueryFile(const std::filesystem::path& file, const std::string& sql);

// Fails the running test unless the file is whole and its rows keep the rules: no dangling
// reference, one current state for every stream that has any, none above it in sequence, a running
// run for each held lease and a held lease for each running run. A missing file is fine.
void CheckSqliteFile(const std::filesystem::path& file);

}  // namespace connhost
