// What a fuzzer or a replay does with one input: must neither crash nor read outside it, whatever
// the bytes are.
#pragma once

#include <string>
#include <string_view>

#include "host/wire/schema.h"

namespace connhost {

// First byte: bit 0 the side that receives, the rest the size of the pieces in which the other
// bytes come over a socket. Every frame that arrives is decoded by its type.
void FuzzFrame(std::string_view input);

// A u8 number of columns, a u16 length of the schema, the schema, the batch. When both are
// accepted, every value is touched, and encoding again must give the same batch.
void FuzzBatch(std::string_view input);

// An input of FuzzBatch.
std::string BatchInput(const Schema& schema, std::string_view payload);

}  // namespace connhost
