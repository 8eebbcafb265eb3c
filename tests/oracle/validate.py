"""Compares the proven cost lists with the recorded ones of a folder of public examples: validate.py FOLDER [N ...]"""

import json
import pathlib
import sys

from calendar_facts import load
from optimum import NotProved, prove

folder = pathlib.Path(sys.argv[1])
names = sys.argv[2:] or sorted(p.name.split(".")[0] for p in folder.glob("*.request.json"))
wrong = 0
for name in names:
    recorded = {r["strategy"]: r["cost"] for r in json.loads((folder / "optimum" / f"{name}.json").read_text())}
    try:
        results, seconds = prove(load(folder, name))
    except NotProved as error:
        print(name, "not proved:", error, flush=True)
        continue
    same = all(results[s][0] == recorded[s] for s in recorded)
    wrong += not same
    print(name, "equal" if same else "DIFFERENT", f"{seconds:.2f} s", flush=True)
    if not same:
        for s in recorded:
            print("  ", s, "\n     proven  ", results[s][0], "\n     recorded", recorded[s], flush=True)
sys.exit(wrong > 0)
