/* A source in plain C against the header of release 1.0, which uses every part of the contract that
 * a source can: stream `numbers`, records 1 to "rows" in batches of four with a checkpoint behind
 * each, one column of every type. "reject" names a record to be handed over as unreadable; "fail"
 * the status with which `read` ends after its first batch. */
#include "fixture_text.h"

enum { ROWS = 4, COLUMNS = 11, TEXT = 24 };

struct numbers {
  const connhost_host* host;
  long rows, reject, fail;
};

/* One column of a batch: the values of whichever type it has. */
struct column {
  union {
    uint8_t bits;
    int32_t days[ROWS];
    int64_t whole[ROWS];
    double real[ROWS];
    uint64_t decimal[ROWS][2]; /* low half first */
    char text[ROWS * TEXT];
  } values;
  uint8_t validity;
  int32_t offsets[ROWS + 1];
  const void* buffers[3];
};

struct batch {
  struct column columns[COLUMNS];
  struct ArrowArray children[COLUMNS];
  struct ArrowArray* pointers[COLUMNS];
  const void* none[1];
  int released;
};

/* Counts, key and value with their sizes, as Arrow writes metadata on a little-endian machine. */
static const char json_tag[] = "\1\0\0\0\24\0\0\0ARROW:extension:name\12\0\0\0arrow.json";
static const char number_tag[] = "\1\0\0\0\24\0\0\0ARROW:extension:name\17\0\0\0connhost.number";

static const struct {
  const char *format, *name, *metadata;
} layout[COLUMNS] = {
    {"l", "id", NULL},           {"b", "even", NULL},          {"g", "half", NULL},
    {"u", "name", NULL},         {"z", "bytes", NULL},         {"tdD", "day", NULL},
    {"tsu:", "local", NULL},     {"tsu:UTC", "instant", NULL}, {"d:10,2", "price", NULL},
    {"u", "document", json_tag}, {"u", "exact", number_tag},
};

static const char catalog_entry[] =
    "{\"name\":\"numbers\",\"fields\":["
    "{\"name\":\"id\",\"type\":\"int64\",\"nullable\":false},"
    "{\"name\":\"even\",\"type\":\"bool\"},{\"name\":\"half\",\"type\":\"float64\"},"
    "{\"name\":\"name\",\"type\":\"utf8\"},{\"name\":\"bytes\",\"type\":\"binary\"},"
    "{\"name\":\"day\",\"type\":\"date32\"},{\"name\":\"local\",\"type\":\"timestamp\"},"
    "{\"name\":\"instant\",\"type\":\"timestamptz\"},"
    "{\"name\":\"price\",\"type\":\"decimal128(10,2)\"},"
    "{\"name\":\"document\",\"type\":\"json\"},{\"name\":\"exact\",\"type\":\"number\"}],"
    "\"key\":[\"id\"],\"cursor\":\"id\",\"sync\":[\"full\",\"incremental\"],"
    "\"description\":\"numbers and what follows from them\"}";

static connhost_status fail(const connhost_host* host, connhost_status status, const char* why) {
  host->fail(host, text_of(why), status == CONNHOST_THROTTLED ? 1500 : 0);
  return status;
}

static connhost_status create(const connhost_host* host, connhost_text config, void** instance) {
  struct numbers* self = malloc(sizeof *self);
  if (!self) return fail(host, CONNHOST_TRANSIENT, "out of memory");
  self->host = host;
  self->rows = number_of(config, "rows", 0);
  self->reject = number_of(config, "reject", 0);
  self->fail = number_of(config, "fail", CONNHOST_OK);
  *instance = self;
  return CONNHOST_OK;
}

static void destroy(void* instance) {
  fprintf(stderr, "source destroyed\n");
  free(instance);
}

/* Greets on the console where that was granted; an extension that no host has is NULL. */
static connhost_status authenticate(void* instance) {
  const connhost_host* host = ((struct numbers*)instance)->host;
  const connhost_console* console = host->extension(host, CONNHOST_CONSOLE_1);
  if (host->extension(host, "connhost.nothing/1")) {
    return fail(host, CONNHOST_INTERNAL, "expected no extension connhost.nothing/1, found one");
  }
  return console ? console->write(host, text_of("greetings\n")) : CONNHOST_OK;
}

static connhost_status discover(void* instance, const connhost_catalog* catalog) {
  (void)instance;
  return catalog->stream(catalog, text_of(catalog_entry));
}

static void keep_schema(struct ArrowSchema* schema) {
  schema->release = NULL;
}

static connhost_status declare(const connhost_output* output) {
  struct ArrowSchema children[COLUMNS], all;
  struct ArrowSchema* pointers[COLUMNS];
  int i;
  memset(&all, 0, sizeof all);
  all.release = keep_schema;
  for (i = 0; i < COLUMNS; ++i) {
    children[i] = all;
    children[i].format = layout[i].format;
    children[i].name = layout[i].name;
    children[i].metadata = layout[i].metadata;
    children[i].flags = i == 0 ? 0 : ARROW_FLAG_NULLABLE;
    pointers[i] = &children[i];
  }
  all.format = "+s";
  all.name = "";
  all.n_children = COLUMNS;
  all.children = pointers;
  return output->schema(output, &all);
}

static void put_text(struct column* column, int row, const char* text) {
  const size_t size = strlen(text);
  memcpy(column->values.text + column->offsets[row], text, size);
  column->offsets[row + 1] = column->offsets[row] + (int32_t)size;
}

/* Record `id`; the name of every third one is null. */
static void put_record(struct column* columns, int row, long id) {
  char text[TEXT];
  columns[0].values.whole[row] = id;
  if (id % 2 == 0) columns[1].values.bits |= (uint8_t)(1 << row);
  columns[2].values.real[row] = (double)id / 2;
  snprintf(text, sizeof text, "n\xC2\xB0%ld", id);
  put_text(&columns[3], row, id % 3 ? text : "");
  if (id % 3 == 0) columns[3].validity &= (uint8_t) ~(1 << row);
  put_text(&columns[4], row, "\xFF\x80");
  columns[5].values.days[row] = (int32_t)id;
  columns[6].values.whole[row] = id * 1000000;
  columns[7].values.whole[row] = id * 1000000 + 1;
  columns[8].values.decimal[row][0] = (uint64_t)-id; /* minus ID hundredths, in 128 bits */
  columns[8].values.decimal[row][1] = UINT64_MAX;
  snprintf(text, sizeof text, "{\"id\":%ld}", id);
  put_text(&columns[9], row, text);
  snprintf(text, sizeof text, "%ld.0500", id);
  put_text(&columns[10], row, text);
}

static void release_child(struct ArrowArray* array) {
  array->release = NULL;
}

static void release_batch(struct ArrowArray* array) {
  ((struct batch*)array->private_data)->released = 1;
  array->release = NULL;
}

static void finish(struct ArrowArray* array, struct column* column, const char* format, int rows) {
  const int variable = *format == 'u' || *format == 'z';
  memset(array, 0, sizeof *array);
  array->length = rows;
  array->null_count = column->validity == 0xFF ? 0 : -1;
  array->n_buffers = variable ? 3 : 2;
  array->buffers = column->buffers;
  array->release = release_child;
  column->buffers[0] = array->null_count ? &column->validity : NULL;
  column->buffers[1] = variable ? (const void*)column->offsets : (const void*)&column->values;
  column->buffers[2] = &column->values;
}

/* Emits the records from `first` to `last`, and sees that the host gave the batch back. */
static connhost_status emit(struct numbers* self, const connhost_output* output, long first,
                            long last) {
  static struct batch batch;
  struct ArrowArray all;
  connhost_origin origin;
  connhost_status status;
  long id;
  int i;
  memset(&batch, 0, sizeof batch);
  for (i = 0; i < COLUMNS; ++i) batch.columns[i].validity = 0xFF;
  for (id = first; id <= last; ++id) put_record(batch.columns, (int)(id - first), id);
  for (i = 0; i < COLUMNS; ++i) {
    finish(&batch.children[i], &batch.columns[i], layout[i].format, (int)(last - first + 1));
    batch.pointers[i] = &batch.children[i];
  }
  memset(&all, 0, sizeof all);
  all.length = last - first + 1;
  all.n_buffers = 1;
  all.n_children = COLUMNS;
  all.buffers = batch.none;
  all.children = batch.pointers;
  all.release = release_batch;
  all.private_data = &batch;
  origin.name = text_of("numbers.txt");
  origin.first = (uint64_t)first;
  status = output->emit(output, &all, &origin);
  if (!batch.released) return fail(self->host, CONNHOST_INTERNAL, "emit released no batch");
  return status;
}

static connhost_status reject(const connhost_output* output, long id) {
  connhost_rejection rejection;
  rejection.origin = text_of("numbers.txt");
  rejection.position = (uint64_t)id;
  rejection.code = text_of("on_demand");
  rejection.reason = text_of("the record was rejected on demand");
  rejection.raw = text_of("\xFFraw");
  return output->reject(output, &rejection);
}

/* Records `next` to `last`, without the one that is to be rejected; then a checkpoint. */
static connhost_status step(struct numbers* self, const connhost_output* output, long next,
                            long last) {
  const int rejects = self->reject >= next && self->reject <= last;
  connhost_status status = CONNHOST_OK;
  char state[32];
  if (rejects) status = reject(output, self->reject);
  if (!status && rejects && next < self->reject) {
    status = emit(self, output, next, self->reject - 1);
  }
  if (!status && rejects) next = self->reject + 1;
  if (!status && next <= last) status = emit(self, output, next, last);
  if (status) return status;
  output->progress(output, (uint64_t)last, (uint64_t)self->rows);
  snprintf(state, sizeof state, "{\"next\":%ld}", last + 1);
  return output->checkpoint(output, text_of(state));
}

static connhost_status read_stream(void* instance, const connhost_read_request* request,
                                   const connhost_output* output) {
  struct numbers* self = instance;
  long next = number_of(request->state, "next", number_of(request->stream, "since", 1));
  connhost_status status = declare(output);
  self->host->log(self->host, CONNHOST_LOG_WARN, text_of("reading numbers"));
  if (!status && next > self->rows) return step(self, output, next, next - 1);
  while (!status && next <= self->rows) {
    const long last = self->rows - next < ROWS ? self->rows : next + ROWS - 1;
    if (self->host->cancelled(self->host)) return CONNHOST_CANCELLED;
    status = step(self, output, next, last);
    if (!status && self->fail) {
      return fail(self->host, (connhost_status)self->fail, "failed on demand");
    }
    next = last + 1;
  }
  return status;
}

static const void* extension(const char* id) {
  (void)id;
  return NULL;
}

static const connhost_source source = {create, destroy, authenticate, discover, read_stream};

CONNHOST_EXPORT extern const connhost_plugin connhost_plugin_v1;
const connhost_plugin connhost_plugin_v1 = {
    CONNHOST_ABI_MAJOR, CONNHOST_ABI_MINOR, "frozen-source", "1.0.0", &source, NULL, extension};
