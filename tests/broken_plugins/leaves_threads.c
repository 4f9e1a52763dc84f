/* Helps itself with a thread in read, and forgets it when the host takes no more. */
#include <pthread.h>
#include <unistd.h>

#include "plugin_kit.h"

static struct kit_batch batch;

static void* wait_for_ever(void* nothing) {
  for (;;) pause();
  return nothing;
}

KIT_READ(read_numbers) {
  connhost_status status = kit_declare(output);
  pthread_t thread;
  int i;
  (void)instance, (void)request;
  if (pthread_create(&thread, NULL, wait_for_ever, NULL) != 0) return kit_report("thread", 1);
  for (i = 0; status == CONNHOST_OK && i < 1000; ++i) {
    status = output->emit(output, kit_fill(&batch, i * 1000, 1000), NULL);
    if (status == CONNHOST_OK) status = output->checkpoint(output, kit_text("{}"));
  }
  if (status != CONNHOST_OK) return status;
  pthread_cancel(thread);
  pthread_join(thread, NULL);
  return CONNHOST_OK;
}

KIT_SOURCE(read_numbers);
