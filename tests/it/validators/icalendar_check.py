"""Checks calendars with icalendar: "OK" or a list of faults for each file, then its events with their times as
seconds since 1970, read through the file's own VTIMEZONE."""

import datetime
import sys

import icalendar


def faults(component):
    for name, words in component.errors:
        yield f"{component.name} {name}: {words}"
    for inner in component.subcomponents:
        yield from faults(inner)


def seconds(value, zones):
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time(), datetime.timezone.utc)
    elif str(value.tzinfo) in zones:
        value = value.replace(tzinfo=zones[str(value.tzinfo)])
    return int(value.timestamp())


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    found = list(faults(calendar))
    found += [f"no VTIMEZONE for {zone}" for zone in sorted(calendar.get_missing_tzids())]
    print("\n".join(f"FAULT {fault}" for fault in found) if found else "OK")
    zones = {zone.tz_name: zone.to_tz(lookup_tzid=False) for zone in calendar.timezones}
    for event in calendar.events:
        print("EVENT", event["UID"], seconds(event.start, zones), seconds(event.end, zones))
