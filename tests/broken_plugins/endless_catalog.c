/* Discovers streams for ever. */
#include "plugin_kit.h"

static connhost_status discover_endless(void* instance, const connhost_catalog* catalog) {
  connhost_status status = CONNHOST_OK;
  (void)instance;
  while (status == CONNHOST_OK)
    status = catalog->stream(catalog, kit_text("{\"name\":\"one\",\"fields\":[]}"));
  return status;
}

KIT_READ(read_nothing) {
  KIT_UNUSED();
  return CONNHOST_OK;
}

static const connhost_source source = {kit_create, kit_destroy, kit_authenticate, discover_endless,
                                       read_nothing};
KIT_PLUGIN(&source, NULL);
