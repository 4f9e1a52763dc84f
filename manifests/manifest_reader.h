// A checked manifest document to a Manifest.
#pragma once

#include "manifests/manifest.h"

namespace connhost {

// REQUIRES a document without faults. Takes it over as Manifest::document.
Manifest ReadManifest(Json document);

}  // namespace connhost
