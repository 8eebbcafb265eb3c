"""Holds SQLite's lock for writing on a clinic, as another program would, until its input ends.

usage: hold-database.py FOLDER
"""

import fcntl
import os
import sys

with open(os.path.join(sys.argv[1], "clinic.ordo-shm"), "r+b") as shared:
    # WAL_WRITE_LOCK: one byte of the shared index.
    fcntl.lockf(shared, fcntl.LOCK_EX, 1, 120)
    print("held", flush=True)
    sys.stdin.read()
