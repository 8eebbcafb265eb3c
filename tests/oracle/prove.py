"""Proves generated instances of a folder and writes one JSON line each: prove.py FOLDER RESULTS [LIMIT_SECONDS]

A line holds the name, the seconds, the number of candidate starts and the proven cost lists in the order of their strategies.
Instances already in RESULTS are left out, so that a run can be continued.
"""

import json
import pathlib
import sys

from calendar_facts import load
from optimum import LEVELS, NotProved, prove

folder, results = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
limit = float(sys.argv[3]) if len(sys.argv) > 3 else 120.0
done = set()
if results.exists():
    done = {json.loads(line)["name"] for line in results.read_text().splitlines()}
names = sorted((p.name.split(".")[0] for p in folder.glob("*.request.json")), key=lambda n: int(n.rsplit("-", 1)[1]))
for name in names:
    if name in done:
        continue
    facts = load(folder, name)
    try:
        proven, seconds = prove(facts, limit=limit)
    except NotProved as error:
        print(name, "not proved:", error, flush=True)
        continue
    line = {"name": name, "seconds": round(seconds, 2), "costs": [list(proven[s][0].values()) for s in LEVELS]}
    with results.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    print(name, f"{seconds:.2f} s", line["costs"][0], flush=True)
