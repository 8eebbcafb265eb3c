"""Reads calendars with khal's `printics`: "OK" or a fault for each file, then its events with their times as seconds
since 1970. khal complains of what is missing and leaves out what it cannot read."""

import datetime
import pathlib
import re
import subprocess
import sys
import tempfile

SETTINGS = """
[calendars]
[[none]]
path = {folder}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
local_timezone = UTC
default_timezone = UTC
"""


def seconds(text):
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc).timestamp())


with tempfile.TemporaryDirectory() as folder:
    settings = pathlib.Path(folder, "khal.conf")
    settings.write_text(SETTINGS.format(folder=folder))
    khal = pathlib.Path(sys.executable).with_name("khal")
    for path in sys.argv[1:]:
        shape = "EVENT {uid} {start-long-full} {end-long-full} {all-day}"
        run = subprocess.run(
            [khal, "-c", settings, "printics", "--format", shape, path],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        found = re.findall(r"^EVENT (\S+) (\S+) (\S+) (\S+)$", run.stdout, re.M)
        told = int((re.findall(r"^(\d+) events? found", run.stdout, re.M) or [-1])[0])
        complaints = [line for line in run.stderr.splitlines() if line.strip()]
        if run.returncode or complaints or told != len(found):
            print(f"FAULT {run.returncode} {told} {len(found)} {complaints[:3]}")
            continue
        print("OK")
        for uid, start, end, is_whole in found:
            start, end = seconds(start), seconds(end)
            # The last day of a whole-day event is told, not the day after.
            print("EVENT", uid, start, end + 86400 if is_whole == "True" else end)
