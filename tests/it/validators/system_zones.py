"""Compares times with the system's own zone data. Reads lines "zone seconds minutes-east" from standard input, and prints
each that the system sees otherwise; a zone that it does not have is passed over. The first line is the system's release."""

import datetime
import pathlib
import sys
import zoneinfo

release = "unknown"
for folder in zoneinfo.TZPATH:
    table = pathlib.Path(folder, "tzdata.zi")
    if table.exists():
        release = table.read_text().split("\n", 1)[0].removeprefix("# version ").strip()
        break
print("RELEASE", release)
for line in sys.stdin:
    name, seconds, minutes = line.split()
    try:
        zone = zoneinfo.ZoneInfo(name)
    except zoneinfo.ZoneInfoNotFoundError:
        continue
    at = datetime.datetime.fromtimestamp(int(seconds), zone)
    offset = at.utcoffset().total_seconds() // 60
    if offset != int(minutes):
        print("DIFFERS", name, seconds, minutes, int(offset))
