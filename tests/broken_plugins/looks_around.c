/* Tells what it finds in its process: open descriptors above 3, variables, threads. */
#include "plugin_kit.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

extern char** environ;

static void* log_something(void* nothing) {
  kit_host->log(kit_host, CONNHOST_LOG_INFO, kit_text("from a thread"));
  return nothing;
}

KIT_READ(read_looks) {
  char sentence[2048];
  int open_files = 0;
  int fd;
  char** variable;
  char folder[1024];
  pthread_t thread;
  KIT_UNUSED();
  for (fd = 4; fd < 256; ++fd) open_files += fcntl(fd, F_GETFD) >= 0;
  if (pthread_create(&thread, NULL, log_something, NULL) != 0) return kit_report("thread", 1);
  pthread_join(thread, NULL);
  snprintf(sentence, sizeof sentence, "open=%d stdin=%d folder=%s environment=", open_files,
           (int)read(0, folder, 1), getcwd(folder, sizeof folder));
  for (variable = environ; *variable; ++variable) {
    strncat(sentence, *variable, 200);
    strcat(sentence, ";");
  }
  return kit_fail(CONNHOST_CONFIG, sentence);
}

KIT_SOURCE(read_looks);
