/* A destination in plain C against the header of release 1.0, which uses every part of the contract
 * that a destination can. It appends lines to PATH/STREAM.txt: "batch", one "row" a record with its
 * values in the order of the columns, and "commit", behind which nothing counts until the next one.
 * "reject" names an id to be handed back. */
#include "fixture_text.h"

#include <inttypes.h>

enum { MOST_COLUMNS = 16, LINE = 256 };

struct landing {
  const connhost_host* host;
  char folder[512];
  FILE* file;
  char formats[MOST_COLUMNS][16];
  int64_t columns, reject;
  connhost_receipt receipt;
};

static connhost_status fail(struct landing* self, const char* why) {
  self->host->fail(self->host, text_of(why), 0);
  return CONNHOST_CONFIG;
}

static connhost_status create(const connhost_host* host, connhost_text config, void** instance) {
  struct landing* self = calloc(1, sizeof *self);
  if (!self) return CONNHOST_TRANSIENT;
  self->host = host;
  self->reject = number_of(config, "reject", 0);
  value_of(config, "path", self->folder, sizeof self->folder);
  *instance = self;
  return CONNHOST_OK;
}

static void destroy(void* instance) {
  struct landing* self = instance;
  if (self->file) fclose(self->file);
  fprintf(stderr, "destination destroyed\n");
  free(self);
}

static connhost_status authenticate(void* instance) {
  struct landing* self = instance;
  return *self->folder ? CONNHOST_OK : fail(self, "expected a 'path' in the configuration");
}

/* Tells the commit that a line stands for, if it is one. */
static void tell(const connhost_recovery* recovery, const char* line) {
  uint64_t sequence;
  int state = 0;
  if (sscanf(line, "commit %" SCNu64 " last=%*d %n", &sequence, &state) != 1 || !state) return;
  recovery->committed(recovery, sequence, text_of(line + state));
}

/* Keeps the lines up to the last commit and drops the rest. */
static connhost_status recover(void* instance, connhost_text stream,
                               const connhost_recovery* recovery) {
  static char content[1 << 20];
  struct landing* self = instance;
  char path[1024], name[256];
  size_t size = 0, end, line, keep = 0, last = 0;
  snprintf(path, sizeof path, "%s/%s.txt", self->folder,
           value_of(stream, "stream", name, sizeof name));
  self->host->log(self->host, CONNHOST_LOG_ERROR, text_of("recovering"));
  if (self->file) fclose(self->file);
  if ((self->file = fopen(path, "rb")) != NULL) {
    size = fread(content, 1, sizeof content - 1, self->file);
    fclose(self->file);
  }
  for (line = end = 0; end < size; ++end) {
    if (content[end] != '\n') continue;
    if (memcmp(content + line, "commit", 6) == 0) {
      last = line;
      keep = end + 1;
    }
    line = end + 1;
  }
  if (!(self->file = fopen(path, "wb"))) return fail(self, "the file cannot be opened");
  if (fwrite(content, 1, keep, self->file) != keep) return fail(self, "the file is full");
  if (keep == 0) return CONNHOST_OK;
  content[keep - 1] = 0;
  tell(recovery, content + last);
  return CONNHOST_OK;
}

static connhost_status open_stream(void* instance, const struct ArrowSchema* schema) {
  struct landing* self = instance;
  int64_t i;
  if (schema->n_children > MOST_COLUMNS) return fail(self, "expected at most 16 columns");
  self->columns = schema->n_children;
  fprintf(self->file, "columns");
  for (i = 0; i < schema->n_children; ++i) {
    const struct ArrowSchema* child = schema->children[i];
    snprintf(self->formats[i], sizeof self->formats[i], "%s", child->format);
    fprintf(self->file, " %s:%s%s%s", child->name, child->format,
            child->flags & ARROW_FLAG_NULLABLE ? "?" : "", child->metadata ? "+" : "");
  }
  fprintf(self->file, "\n");
  return CONNHOST_OK;
}

static void print_bytes(FILE* file, const struct ArrowArray* array, int64_t row, int hex) {
  const int32_t* offsets = array->buffers[1];
  const unsigned char* bytes = array->buffers[2];
  int32_t at;
  for (at = offsets[row]; at < offsets[row + 1]; ++at) {
    fprintf(file, hex ? "%02x" : "%c", bytes[at]);
  }
}

static void print_value(FILE* file, const struct ArrowArray* array, const char* format,
                        int64_t row) {
  const uint8_t* validity = array->buffers[0];
  const void* values = array->buffers[1];
  fputc(' ', file);
  if (array->null_count && validity && !(validity[row / 8] >> row % 8 & 1)) {
    fprintf(file, "null");
  } else if (*format == 'u' || *format == 'z') {
    print_bytes(file, array, row, *format == 'z');
  } else if (*format == 'b') {
    fprintf(file, "%d", ((const uint8_t*)values)[row / 8] >> row % 8 & 1);
  } else if (*format == 'g') {
    fprintf(file, "%g", ((const double*)values)[row]);
  } else if (*format == 'd') {
    fprintf(file, "%" PRId64 "/%" PRId64, ((const int64_t*)values)[2 * row + 1],
            ((const int64_t*)values)[2 * row]);
  } else if (strcmp(format, "tdD") == 0) {
    fprintf(file, "%" PRId32, ((const int32_t*)values)[row]);
  } else {
    fprintf(file, "%" PRId64, ((const int64_t*)values)[row]);
  }
}

static connhost_status write_batch(void* instance, const struct ArrowArray* batch,
                                   const connhost_batch_info* info) {
  struct landing* self = instance;
  int64_t row, column;
  if (batch->n_children != self->columns) return fail(self, "the columns are not those of open");
  fprintf(self->file, "batch %" PRIu64 " %" PRId64 " %.*s %" PRIu64 "\n", info->sequence,
          info->emitted_at, (int)info->origin.name.size, info->origin.name.data,
          info->origin.first);
  for (row = 0; row < batch->length; ++row) {
    if (self->reject && ((const int64_t*)batch->children[0]->buffers[1])[row] == self->reject) {
      info->reject(info, (uint64_t)row, text_of("unwanted"), text_of("the id is unwanted"));
      continue;
    }
    fprintf(self->file, "row");
    for (column = 0; column < batch->n_children; ++column) {
      print_value(self->file, batch->children[column], self->formats[column], row);
    }
    fprintf(self->file, "\n");
    self->receipt.records += 1;
    self->receipt.bytes += 100;
  }
  return CONNHOST_OK;
}

static connhost_status commit(void* instance, const connhost_commit* what,
                              connhost_receipt* receipt) {
  struct landing* self = instance;
  fprintf(self->file, "commit %" PRIu64 " last=%" PRId32 " %.*s\n", what->sequence, what->last,
          (int)what->state.size, what->state.data);
  if (fflush(self->file) != 0) return fail(self, "the file is full");
  *receipt = self->receipt;
  memset(&self->receipt, 0, sizeof self->receipt);
  return CONNHOST_OK;
}

static const connhost_destination destination = {create,      destroy,     authenticate, recover,
                                                 open_stream, write_batch, commit};

CONNHOST_EXPORT extern const connhost_plugin connhost_plugin_v1;
const connhost_plugin connhost_plugin_v1 = {CONNHOST_ABI_MAJOR,
                                            CONNHOST_ABI_MINOR,
                                            "frozen-destination",
                                            "1.0.0",
                                            NULL,
                                            &destination,
                                            NULL};
