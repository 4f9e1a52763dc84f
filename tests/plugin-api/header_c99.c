#include <connhost/plugin.h>

/* A plugin that is neither source nor destination: enough to see that the header needs no C++. */
const connhost_plugin header_c99_plugin = {
    CONNHOST_ABI_MAJOR, CONNHOST_ABI_MINOR, "c99", "1.0.0", 0, 0, 0};
