/* The Arrow C Data Interface: the two structs in which batches cross the plugin border.
 * Source of the format: the Apache Arrow columnar specification, "The Arrow C data interface".
 * Both structs are frozen by that specification; other headers may define them too. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;   /* type, see plugin.h "Batches" */
  const char* name;     /* column name, NUL-terminated UTF-8 */
  const char* metadata; /* binary key-value pairs, or NULL */
  int64_t flags;        /* ARROW_FLAG_NULLABLE */
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary; /* always NULL here */
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;     /* rows */
  int64_t null_count; /* -1: not computed */
  int64_t offset;     /* always 0 here */
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers; /* validity (may be NULL), [offsets,] data */
  struct ArrowArray** children;
  struct ArrowArray* dictionary; /* always NULL here */
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#ifdef __cplusplus
}
#endif

#endif /* ARROW_C_DATA_INTERFACE */
