/* Starts a thread as soon as it is loaded, before anybody asked it to do anything. */
#include <pthread.h>
#include <unistd.h>

#include "plugin_kit.h"

static void* wait_for_ever(void* nothing) {
  for (;;) pause();
  return nothing;
}

__attribute__((constructor)) static void hurry(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, wait_for_ever, NULL);
}

KIT_READ(read_nothing) {
  KIT_UNUSED();
  return CONNHOST_OK;
}

KIT_SOURCE(read_nothing);
