// The payload of HELLO. Format: docs/formats/frame.md "HELLO".
#pragma once

#include <string>

#include "host/process/worker_session.h"

namespace connhost {

std::string HelloDocument(const WorkerSpec& spec, const std::string& scratch);

}  // namespace connhost
