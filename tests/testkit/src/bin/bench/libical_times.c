/* Prints the median seconds in which libical writes and parses a calendar, each so many times. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int by_size(const void *one, const void *two) {
  double difference = *(const double *)one - *(const double *)two;
  return difference < 0 ? -1 : difference > 0;
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  FILE *file = fopen(arguments[1], "rb");
  if (!file) return 1;
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  char *text = calloc(size + 1, 1);
  if (!text || fread(text, 1, size, file) != size) return 1;
  int runs = atoi(arguments[2]);
  double *written = calloc((size_t)runs, sizeof(double)), *parsed = calloc((size_t)runs, sizeof(double));
  for (int run = 0; run < runs; run++) {
    double began = now();
    icalcomponent *calendar = icalparser_parse_string(text);
    parsed[run] = now() - began;
    if (!calendar) return 1;
    began = now();
    char *out = icalcomponent_as_ical_string_r(calendar);
    written[run] = now() - began;
    if (!out || strlen(out) < size / 2) return 1;
    free(out);
    icalcomponent_free(calendar);
  }
  qsort(written, (size_t)runs, sizeof(double), by_size);
  qsort(parsed, (size_t)runs, sizeof(double), by_size);
  printf("%.6f %.6f\n", written[runs / 2], parsed[runs / 2]);
  return 0;
}
