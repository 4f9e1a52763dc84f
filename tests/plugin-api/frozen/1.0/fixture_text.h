/* Text for the fixtures of this release: naive reading of small JSON documents without escapes. */
#ifndef FIXTURE_TEXT_H
#define FIXTURE_TEXT_H

#include <connhost/plugin.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static connhost_text text_of(const char* text) {
  connhost_text view;
  view.data = text;
  view.size = strlen(text);
  return view;
}

/* Copies the value behind "key": into `value` of `size` bytes; "" without it. Returns `value`. */
static char* value_of(connhost_text document, const char* key, char* value, size_t size) {
  char pattern[64];
  uint64_t at, length;
  size_t used = 0;
  snprintf(pattern, sizeof pattern, "\"%s\":", key);
  length = strlen(pattern);
  for (at = 0; at + length <= document.size; ++at) {
    if (memcmp(document.data + at, pattern, length) == 0) break;
  }
  for (at += length; at < document.size && used + 1 < size; ++at) {
    const char byte = document.data[at];
    if (byte == ',' || byte == '}') break;
    if (byte != '"') value[used++] = byte;
  }
  value[used] = 0;
  return value;
}

/* The same as a whole number; `fallback` without it. */
static long number_of(connhost_text document, const char* key, long fallback) {
  char digits[24];
  return *value_of(document, key, digits, sizeof digits) ? atol(digits) : fallback;
}

#endif
