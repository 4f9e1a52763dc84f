#include <connhost/sdk.hpp>

#include "bronze_destination.h"

CONNHOST_DESTINATION("bronze", "1.0.0", connhost::bronze::BronzeDestination)
