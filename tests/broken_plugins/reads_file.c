/* Opens "path": "how" is read, write, list, make, remove, truncate, chmod, link or rename. */
#include "plugin_kit.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int open_and_close(const char* path, int flags) {
  int fd = open(path, flags, 0600);
  if (fd >= 0) close(fd);
  return fd < 0;
}

static int list(const char* path) {
  DIR* folder = opendir(path);
  if (folder) closedir(folder);
  return folder == NULL;
}

static int attempt(const char* how, const char* path) {
  char beside[1100];
  snprintf(beside, sizeof beside, "%s.beside", path);
  if (strcmp(how, "read") == 0) return open_and_close(path, O_RDONLY);
  if (strcmp(how, "write") == 0) return open_and_close(path, O_WRONLY);
  if (strcmp(how, "empty") == 0) return open_and_close(path, O_RDONLY | O_TRUNC);
  if (strcmp(how, "make") == 0) return open_and_close(path, O_CREAT | O_EXCL | O_WRONLY);
  if (strcmp(how, "list") == 0) return list(path);
  if (strcmp(how, "remove") == 0) return unlink(path) != 0;
  if (strcmp(how, "truncate") == 0) return truncate(path, 0) != 0;
  if (strcmp(how, "chmod") == 0) return chmod(path, 0777) != 0;
  if (strcmp(how, "link") == 0) return symlink("/etc/passwd", beside) != 0;
  if (strcmp(how, "rename") == 0) return rename(path, beside) != 0;
  errno = EINVAL;
  return 1;
}

KIT_READ(read_file) {
  char path[1024];
  KIT_UNUSED();
  snprintf(path, sizeof path, "%s", kit_option("path"));
  return kit_report("file", attempt(kit_option("how"), path));
}

KIT_SOURCE(read_file);
