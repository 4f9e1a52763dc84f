// A look at the beginning of a file, for the catalog.
#pragma once

#include <string>

#include "plugins/ndjson/file_list.h"

namespace connhost::ndjson {

// "Members at the top of the first 100 documents: id, name": of at most 100 documents in the first
// 64 KiB. "" when there is none. Throws what reading the file throws.
std::string DescribeSample(const InputFile& file, const Settings& settings);

}  // namespace connhost::ndjson
