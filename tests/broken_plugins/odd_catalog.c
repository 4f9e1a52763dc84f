/* Discovers what cannot be: "what" is changing, key, twins, type or incremental. */
#include "plugin_kit.h"

#define FIELDS "\"fields\":[{\"name\":\"id\",\"type\":\"int64\"}]"

static int is(const char* what) {
  return strcmp(kit_option("what"), what) == 0;
}

static connhost_status discover_oddly(void* instance, const connhost_catalog* catalog) {
  static int calls;
  char document[256];
  (void)instance;
  if (is("key")) {
    return catalog->stream(catalog, kit_text("{\"name\":\"a\"," FIELDS ",\"key\":[\"uid\"]}"));
  }
  if (is("type")) {
    return catalog->stream(catalog, kit_text("{\"name\":\"a\",\"fields\":[{\"name\":\"id\","
                                             "\"type\":\"integer\"}]}"));
  }
  if (is("incremental")) {
    return catalog->stream(catalog,
                           kit_text("{\"name\":\"a\"," FIELDS ",\"sync\":[\"incremental\"]}"));
  }
  snprintf(document, sizeof document, "{\"name\":\"a%d\"," FIELDS "}",
           is("changing") ? calls++ : 0);
  catalog->stream(catalog, kit_text(document));
  return is("twins") ? catalog->stream(catalog, kit_text(document)) : CONNHOST_OK;
}

KIT_READ(read_nothing) {
  KIT_UNUSED();
  return CONNHOST_OK;
}

static const connhost_source source = {kit_create, kit_destroy, kit_authenticate, discover_oddly,
                                       read_nothing};
KIT_PLUGIN(&source, NULL);
