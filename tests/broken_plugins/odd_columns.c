/* Reads other columns than it discovers: "what" is more, less or type. */
#include "plugin_kit.h"

static struct kit_batch batch;

static connhost_status discover_others(void* instance, const connhost_catalog* catalog) {
  const char* what = kit_option("what");
  (void)instance;
  if (strcmp(what, "more") == 0) {
    return catalog->stream(
        catalog,
        kit_text("{\"name\":\"numbers\",\"fields\":[{\"name\":\"id\",\"type\":\"int64\"}]}"));
  }
  if (strcmp(what, "less") == 0) {
    return catalog->stream(
        catalog, kit_text("{\"name\":\"numbers\",\"fields\":[{\"name\":\"id\",\"type\":\"int64\"},"
                          "{\"name\":\"name\",\"type\":\"utf8\"},"
                          "{\"name\":\"age\",\"type\":\"int64\"}]}"));
  }
  return catalog->stream(
      catalog, kit_text("{\"name\":\"numbers\",\"fields\":[{\"name\":\"id\",\"type\":\"float64\"},"
                        "{\"name\":\"name\",\"type\":\"utf8\"}]}"));
}

KIT_READ(read_numbers) {
  connhost_status status = kit_declare(output);
  (void)instance, (void)request;
  if (status == CONNHOST_OK) status = output->emit(output, kit_fill(&batch, 0, 3), NULL);
  return status == CONNHOST_OK ? output->checkpoint(output, kit_text("{}")) : status;
}

static const connhost_source source = {kit_create, kit_destroy, kit_authenticate, discover_others,
                                       read_numbers};
KIT_PLUGIN(&source, NULL);
