/* Frees nothing in destroy: "what" is memory or threads. */
#include <pthread.h>
#include <unistd.h>

#include "plugin_kit.h"

static void* kept;

static void* wait_for_ever(void* nothing) {
  for (;;) pause();
  return nothing;
}

static connhost_status create_more(const connhost_host* host, connhost_text config,
                                   void** instance) {
  const size_t size = (size_t)1 << 20;
  pthread_t thread;
  void** more;
  kit_create(host, config, instance);
  if (strcmp(kit_option("what"), "threads") == 0) {
    pthread_create(&thread, NULL, wait_for_ever, NULL);
    return CONNHOST_OK;
  }
  more = malloc(size);
  if (!more) return kit_fail(CONNHOST_TRANSIENT, "no memory");
  memset(more, 1, size);
  *more = kept; /* still reachable: a leak checker sees nothing */
  kept = more;
  return CONNHOST_OK;
}

KIT_READ(read_nothing) {
  KIT_UNUSED();
  return CONNHOST_OK;
}

static const connhost_source source = {create_more, kit_destroy, kit_authenticate, kit_discover,
                                       read_nothing};
KIT_PLUGIN(&source, NULL);
