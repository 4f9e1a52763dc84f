// Which of the kit's records can be seen in the files that a destination wrote.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace connhost {

// How often the marker of each record stands in the files, by "GENERATION-ID".
using VisibleRows = std::map<std::string, int>;

// Looks for the markers of SampleRows in the bytes of every file below `folder`. Empty where the
// destination compresses or writes elsewhere: then nothing can be said.
VisibleRows FindRows(const std::filesystem::path& folder, const std::string& token);

// The number of records of one generation that are there.
size_t CountGeneration(const VisibleRows& rows, int generation);

}  // namespace connhost
