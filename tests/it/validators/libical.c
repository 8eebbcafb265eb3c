/* Checks calendars with libical: one line "OK" or a list of faults for each file, then its events with their
   times as seconds since 1970 as libical reads them through the file's own VTIMEZONE. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *contents(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = calloc((size_t)size + 1, 1);
  if (text && fread(text, 1, (size_t)size, file) != (size_t)size) {
    free(text);
    text = NULL;
  }
  fclose(file);
  return text;
}

static void print_faults(icalcomponent *component) {
  for (icalproperty *fault = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); fault;
       fault = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
    printf("FAULT %s\n", icalproperty_get_value_as_string(fault));
  for (icalcomponent *inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); inner;
       inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
    print_faults(inner);
}

int main(int count, char **paths) {
  for (int index = 1; index < count; index++) {
    char *text = contents(paths[index]);
    icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
    if (!calendar) {
      printf("FAULT unreadable: %s\n", paths[index]);
      return 1;
    }
    icalrestriction_check(calendar);
    if (icalcomponent_count_errors(calendar) == 0) printf("OK\n");
    print_faults(calendar);
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
      icaltimetype start = icalcomponent_get_dtstart(event), end = icalcomponent_get_dtend(event);
      printf("EVENT %s %lld %lld\n", icalcomponent_get_uid(event),
             (long long)icaltime_as_timet_with_zone(start, icaltime_get_timezone(start)),
             (long long)icaltime_as_timet_with_zone(end, icaltime_get_timezone(end)));
    }
    icalcomponent_free(calendar);
    free(text);
  }
  return 0;
}
