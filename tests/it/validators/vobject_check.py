"""Checks calendars with vobject: "OK" or a fault for each file, then its events with their times as seconds since
1970, read through the file's own VTIMEZONE."""

import datetime
import sys

import vobject


def seconds(value):
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time(), datetime.timezone.utc)
    return int(value.timestamp())


# vobject remembers the zones of every calendar it has read; each is to be read through its own.
ZONES = vars(vobject.icalendar)["__tzidMap"]
FIRST = dict(ZONES)

for path in sys.argv[1:]:
    ZONES.clear()
    ZONES.update(FIRST)
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    try:
        calendar = vobject.readOne(text)
        zones = {zone.tzid.value for zone in calendar.contents.get("vtimezone", [])}
        calendar.validate(raiseException=True)
        for event in calendar.contents.get("vevent", []):
            used = event.dtstart.params.get("X-VOBJ-ORIGINAL-TZID", []) + event.dtstart.params.get("TZID", [])
            missing = [zone for zone in used if zone not in zones]
            if missing:
                raise ValueError(f"no VTIMEZONE for {missing}")
    except Exception as error:
        print(f"FAULT {error!r}")
        continue
    print("OK")
    for event in calendar.contents.get("vevent", []):
        print("EVENT", event.uid.value, seconds(event.dtstart.value), seconds(event.dtend.value))
