/* connhost plugin contract, major 1.
 *
 * A plugin is a shared library that exports one constant data symbol, `connhost_plugin_v1`. The
 * host runs it in a process of its own and calls the tables below. Compiles as C99 and C++, on any
 * platform with 64-bit integers.
 *
 * Growth     Inside a major nothing here changes: no field, no number, no meaning. What is new is
 *            an extension with a string id and a revision ("connhost.console/1"), see ABI.md.
 * Memory     Borrowed in, copied out. Every pointer a call receives lives until that call returns.
 *            What a plugin gives back it passes to a host function, which copies before it
 *            returns. Nobody frees the other's memory.
 * Threads    [main] one call at a time per instance, always on the same thread.
 *            [any]  may be called from every thread.
 * Text       UTF-8 with a length, not NUL-terminated, unless a comment says otherwise.
 * Documents  JSON; their keys are listed where they are passed. Unknown keys are to be ignored.
 * Failure    A call returns a status; before a status other than OK the plugin passes a sentence to
 *            `fail`: what was expected, what was found, where, what to do. A failure without a
 *            sentence is reported as the plugin's fault. No exception may leave a call.
 */
#ifndef CONNHOST_PLUGIN_H
#define CONNHOST_PLUGIN_H

#include <stdint.h>

#include "arrow.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CONNHOST_ABI_MAJOR 1
#define CONNHOST_ABI_MINOR 0

/* What the host does next. */
typedef int32_t connhost_status;
enum {
  CONNHOST_OK = 0,
  CONNHOST_CANCELLED = 1,    /* stopped because the host asked */
  CONNHOST_CONFIG = 2,       /* a person must act: no retry */
  CONNHOST_AUTH = 3,         /* credentials missing or refused: no retry */
  CONNHOST_TRANSIENT = 4,    /* retry from the last checkpoint, with back-off */
  CONNHOST_THROTTLED = 5,    /* retry after the time given to `fail` */
  CONNHOST_STALE_CURSOR = 6, /* the state is of no use any more: full read */
  CONNHOST_UNSUPPORTED = 7,  /* this connector cannot do it */
  CONNHOST_INTERNAL = 8      /* a fault of the plugin */
};

enum {
  CONNHOST_LOG_DEBUG = 0,
  CONNHOST_LOG_INFO = 1,
  CONNHOST_LOG_WARN = 2,
  CONNHOST_LOG_ERROR = 3
};

typedef struct connhost_text {
  const char* data;
  uint64_t size; /* bytes */
} connhost_text;

/* The host, as an instance sees it; lives as long as the instance. */
typedef struct connhost_host connhost_host;
struct connhost_host {
  void* context; /* the host's own */

  /* Adds a line to the run's log; cut at 8 KiB. [any] */
  void (*log)(const connhost_host* host, int32_t level, connhost_text line);

  /* 1 once the host wants the running call to end; the call then returns CANCELLED within a second.
   * Also a sign of life: an instance that waits calls it now and then, or the idle timeout of its
   * manifest ends it. [any] */
  int32_t (*cancelled)(const connhost_host* host);

  /* The sentence for the status that the running call is about to return; `retry_after_ms` counts
   * for THROTTLED (0: the host decides). The last one stands. [main] */
  void (*fail)(const connhost_host* host, connhost_text sentence, uint64_t retry_after_ms);

  /* The table of an extension, or NULL where the host lacks it or policy denies it. `id` is
   * NUL-terminated. The table lives as long as the instance. [any] */
  const void* (*extension)(const connhost_host* host, const char* id);
};

/* ---- Batches --------------------------------------------------------------------------------
 * An ArrowArray of format "+s" (struct) without nulls of its own, offset 0 everywhere, 1 to 8192
 * rows and about 1 MiB: a batch ends at whichever comes first; a larger single record travels
 * alone. Columns are flat:
 *   "b" bool   "l" int64   "g" float64   "u" utf8   "z" binary   "tdD" date32
 *   "tsu:" timestamp, microseconds, no zone   "tsu:UTC" timestamp in UTC   "d:P,S" decimal128
 * Nested values are utf8 whose schema metadata says ARROW:extension:name = "arrow.json": one JSON
 * text each, without control characters, so that it fits on a line. An exact number of any size is
 * utf8 tagged "connhost.number": the text of one JSON number. The host checks both; what fails is a
 * dead letter. Metadata "connhost.native" of a column is its type in the source's own words, at
 * most 256 bytes ("postgresql:uuid"): a destination of the same kind restores it, others need not
 * look. A document that is a whole record stands in a json column named `_document`; other
 * columns beside it then serve as key and cursor.
 * A utf8 column named `_op` holds "upsert" or "delete"; without it every record is an upsert.
 */

/* Where the rows of a batch stand in the source: row i is record `first + i` of `name`. */
typedef struct connhost_origin {
  connhost_text name; /* "orders.csv", "page 7"; "" when there is nothing to say */
  uint64_t first;     /* from 1; 0: unknown */
} connhost_origin;

/* A record that could not be read or written; the host keeps it as a dead letter. */
typedef struct connhost_rejection {
  connhost_text origin; /* as above */
  uint64_t position;    /* from 1; 0: unknown */
  connhost_text code;   /* short and stable: "ragged_row", "invalid_utf8" */
  connhost_text reason; /* a sentence */
  connhost_text raw;    /* the record as found, any bytes */
} connhost_rejection;

/* ---- Sources -------------------------------------------------------------------------------- */

/* Takes what `discover` finds. */
typedef struct connhost_catalog connhost_catalog;
struct connhost_catalog {
  void* context;
  /* One stream: {"name","fields":[{"name","type","nullable","native"}],"key":[...],"cursor":"...",
   * "sync":["full","incremental","cdc"],"description"}. Types: bool int64 float64 utf8 binary
   * date32 timestamp timestamptz decimal128(P,S) json number. Returns OK or CANCELLED. [main] */
  connhost_status (*stream)(const connhost_catalog* catalog, connhost_text document);
};

/* Takes what `read` produces. A status other than OK is to be returned from `read` at once. */
typedef struct connhost_output connhost_output;
struct connhost_output {
  void* context;

  /* Declares the columns of the batches that follow: before the first `emit`, and again when they
   * change. Call it also when there will be no batch. [main] */
  connhost_status (*schema)(const connhost_output* output, const struct ArrowSchema* schema);

  /* Hands a batch over; blocks while the destination is busy. Copies, then calls
   * `batch->release` (also on failure). `origin` may be NULL. OK or CANCELLED. [main] */
  connhost_status (*emit)(const connhost_output* output, struct ArrowArray* batch,
                          const connhost_origin* origin);

  /* Says: with everything emitted so far durable, `state` (a JSON document, at most 1 MiB) is
   * where to go on. The host records it only after those records are durable, and may skip it
   * in favour of a later one. Call it often: it is cheap. [main] */
  connhost_status (*checkpoint)(const connhost_output* output, connhost_text state);

  /* Hands over a record that cannot be emitted. [main] */
  connhost_status (*reject)(const connhost_output* output, const connhost_rejection* rejection);

  /* How far the read is: bytes or records done and in total (0: unknown). For people. [main] */
  void (*progress)(const connhost_output* output, uint64_t done, uint64_t total);
};

typedef struct connhost_read_request {
  /* {"stream","sync":"full"|"incremental"|"cdc","key":[...],"cursor":"column","since":"first
   * value"}: all but "stream" and "sync" may be absent. */
  connhost_text stream;
  /* What `checkpoint` recorded last, or "" to read from the start. */
  connhost_text state;
} connhost_read_request;

typedef struct connhost_source {
  /* Makes an instance. `config` is a JSON document that the manifest's schema accepts. [main] */
  connhost_status (*create)(const connhost_host* host, connhost_text config, void** instance);
  void (*destroy)(void* instance); /* [main] */
  /* Proves that the source can be reached with this configuration. [main] */
  connhost_status (*authenticate)(void* instance);
  /* Lists the streams. [main] */
  connhost_status (*discover)(void* instance, const connhost_catalog* catalog);
  /* Reads one stream from the state to the end as it stands now; there it checkpoints. [main] */
  connhost_status (*read)(void* instance, const connhost_read_request* request,
                          const connhost_output* output);
} connhost_source;

/* ---- Destinations --------------------------------------------------------------------------- */

/* Takes what `recover` finds. */
typedef struct connhost_recovery connhost_recovery;
struct connhost_recovery {
  void* context;
  /* The last commit that is durable at the destination; at most once. [main] */
  void (*committed)(const connhost_recovery* recovery, uint64_t sequence, connhost_text state);
};

/* What comes with a batch. */
typedef struct connhost_batch_info {
  uint64_t sequence;  /* of the commit this batch will belong to */
  int64_t emitted_at; /* microseconds since 1970 UTC */
  connhost_origin origin;
  void* context;
  /* Hands back a row (from 0) of this batch that was not written. [main] */
  void (*reject)(const struct connhost_batch_info* info, uint64_t row, connhost_text code,
                 connhost_text reason);
} connhost_batch_info;

/* A commit makes all that was written since the last one durable, with sequence and state. */
typedef struct connhost_commit {
  uint64_t sequence;   /* greater than every earlier one of the stream */
  connhost_text state; /* JSON document, to be given back by `recover` */
  int32_t last;        /* 1: the stream is complete in this run; `overwrite` takes effect now */
} connhost_commit;

/* What was written since the last commit. */
typedef struct connhost_receipt {
  uint64_t records; /* without the rejected ones */
  uint64_t bytes;   /* as stored */
} connhost_receipt;

typedef struct connhost_destination {
  connhost_status (*create)(const connhost_host* host, connhost_text config, void** instance);
  void (*destroy)(void* instance); /* [main] */
  connhost_status (*authenticate)(void* instance);
  /* Looks for the last durable commit of the stream, undoes what came after it, and forgets what
   * this instance wrote since. `stream` is {"tenant","connection","stream",
   * "connector":"ID@VERSION","run_id","mode":"append"|"upsert"|"overwrite"|"history","key":[...],
   * "cursor":"column","restart":true}: with "restart" an unfinished overwrite is dropped, for the
   * run starts at the beginning. The first call for a stream. [main] */
  connhost_status (*recover)(void* instance, connhost_text stream,
                             const connhost_recovery* recovery);
  /* The columns of the next batches: before the first `write`, again when they change. [main] */
  connhost_status (*open)(void* instance, const struct ArrowSchema* schema);
  /* Takes a batch; need not be durable yet. Releases nothing: the host does. [main] */
  connhost_status (*write)(void* instance, const struct ArrowArray* batch,
                           const connhost_batch_info* info);
  /* See connhost_commit. OK only when durable. A repeat of a sequence replaces it. [main] */
  connhost_status (*commit)(void* instance, const connhost_commit* commit,
                            connhost_receipt* receipt);
} connhost_destination;

/* ---- The one exported symbol ---------------------------------------------------------------- */

typedef struct connhost_plugin {
  uint32_t abi_major;                      /* CONNHOST_ABI_MAJOR the plugin was built with */
  uint32_t abi_minor;                      /* CONNHOST_ABI_MINOR */
  const char* id;                          /* as in the manifest, NUL-terminated */
  const char* version;                     /* as in the manifest, NUL-terminated */
  const connhost_source* source;           /* NULL: not a source */
  const connhost_destination* destination; /* NULL: not a destination */
  /* The plugin's own extensions, by NUL-terminated id; may be NULL. [any] */
  const void* (*extension)(const char* id);
} connhost_plugin;

#if defined(_WIN32)
#define CONNHOST_EXPORT __declspec(dllexport)
#else
#define CONNHOST_EXPORT __attribute__((visibility("default")))
#endif

/* A plugin defines:  CONNHOST_EXPORT const connhost_plugin connhost_plugin_v1 = {...};  */
#define CONNHOST_PLUGIN_SYMBOL "connhost_plugin_v1"

/* ---- Extensions of the host ----------------------------------------------------------------- */

/* "connhost.console/1": bytes for the standard output of the command that runs. Granted by the
 * capability `console` in the manifest. */
#define CONNHOST_CONSOLE_1 "connhost.console/1"
typedef struct connhost_console {
  connhost_status (*write)(const connhost_host* host, connhost_text bytes); /* [main] */
} connhost_console;

#ifdef __cplusplus
}
#endif

#endif /* CONNHOST_PLUGIN_H */
