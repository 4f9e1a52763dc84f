#include <connhost/sdk.hpp>

#include "plugins/csv/destination.h"
#include "plugins/csv/source.h"

CONNHOST_PLUGIN("csv", "1.0.0", connhost::csv::CsvSource, connhost::csv::CsvDestination)
