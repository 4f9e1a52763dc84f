/* Does in the folder "path" what a careful destination does; fails naming the step that did not
 * work. */
#include "plugin_kit.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define STEP(name, worked) \
  if (!(worked)) return kit_report(name, 1)

KIT_READ(read_writes) {
  static char block[4096];
  struct statx about;
  int fd;
  int folder;
  KIT_UNUSED();
  STEP("chdir", chdir(kit_option("path")) == 0);
  STEP("mkdir", mkdir("inner", 0700) == 0);
  STEP("open", (fd = open("inner/new", O_CREAT | O_RDWR | O_CLOEXEC, 0600)) >= 0);
  STEP("flock", flock(fd, LOCK_EX | LOCK_NB) == 0);
  STEP("fallocate", fallocate(fd, 0, 0, 8192) == 0 || errno == EOPNOTSUPP);
  STEP("pwrite", pwrite(fd, block, sizeof block, 0) == sizeof block);
  STEP("ftruncate", ftruncate(fd, 4096) == 0);
  STEP("fsync", fsync(fd) == 0 && fdatasync(fd) == 0);
  STEP("renameat2", renameat2(AT_FDCWD, "inner/new", AT_FDCWD, "done", RENAME_NOREPLACE) == 0);
  STEP("statx", statx(AT_FDCWD, "done", 0, STATX_BASIC_STATS, &about) == 0);
  STEP("folder", (folder = open(".", O_RDONLY | O_DIRECTORY)) >= 0 && fsync(folder) == 0);
  STEP("unlink", unlink("done") == 0 && rmdir("inner") == 0);
  fd = open("direct", O_CREAT | O_WRONLY | O_DIRECT, 0600);
  STEP("direct", fd >= 0 || errno == EINVAL);
  return CONNHOST_OK;
}

KIT_SOURCE(read_writes);
