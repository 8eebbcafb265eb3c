"""Reads a clinic file and a request and derives, as literally as the definition is written, the legal starts of each session.

Every instant is an integer of minutes since 1970-01-01T00:00Z; every date is a `datetime.date`; every time of day is in minutes from
local midnight. Numbers of rules are those of the definition ("Legal", 1 to 12).
"""

import datetime as dt
import json
import math
import zoneinfo
from dataclasses import dataclass, field

OCCUPYING = {"booked", "arrived", "fulfilled"}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


@dataclass(frozen=True)
class Candidate:
    """One legal start of a session with every practitioner who could give it there."""

    start: int
    end: int
    date: dt.date
    minute: int
    rooms: frozenset | None  # None: needs no room
    orphan: dict = field(hash=False, compare=False)  # practitioner -> minutes made useless


@dataclass(frozen=True)
class Session:
    """One session of the series."""

    discipline: str
    week: int


class Facts:
    """What a clinic file and a request say."""

    def __init__(self, clinic, request):
        self.clinic, self.request = clinic, request
        self.zone = zoneinfo.ZoneInfo(clinic["clinic"]["time_zone"])
        self.slot = clinic["clinic"]["slot_minutes"]
        self.services = {s["id"]: s for s in clinic["services"]}
        self.practitioners = {p["id"]: p for p in clinic["practitioners"]}
        self.patient = next(p for p in clinic["patients"] if p["id"] == request["patient"])
        self.closed = {dt.date.fromisoformat(c["date"]) for c in clinic.get("closures", [])}
        self.order = request["order"]
        self.held = [d for d in self.order if d in request["disciplines"]]
        self.now = self.instant(dt.datetime.fromisoformat(request["now"]))
        self.earliest = dt.date.fromisoformat(request["earliest"])
        self.latest_start = dt.date.fromisoformat(request["latest_start"])
        self.tolerance = request["tolerance_days"]
        spacing = request["spacing"]
        self.same_day = spacing["kind"] == "same-day"
        self.max_wait = spacing.get("max_wait_minutes")
        self.min_gap = spacing.get("min_hours", 0) * 60
        self.max_gap = spacing.get("max_hours", 0) * 60
        self.sessions = [
            Session(d, w)
            for d in self.held
            for w in range(request["weeks"])
            if w >= request["disciplines"][d]["first_week"]
            and (w - request["disciplines"][d]["first_week"]) % request["disciplines"][d]["every_weeks"] == 0
        ]
        weeks = [{s.week for s in self.sessions if s.discipline == d} for d in self.held]
        self.has_pair = len(weeks) == 2 and bool(weeks[0] & weeks[1])
        self.usual_dates = [
            self.earliest + dt.timedelta(days=i) for i in range((self.latest_start - self.earliest).days + 1)
        ]
        self.day_steps = [0]
        if not self.same_day and self.has_pair:
            self.day_steps = list(range(1, math.ceil(spacing["max_hours"] / 24) + 1))
        self.appointments = [
            a
            for a in clinic["appointments"]
            if a.get("status", "booked") in OCCUPYING and a["id"] not in set(request.get("replaces", []))
        ]
        self.busy_practitioner, self.busy_room, self.patient_others = {}, {}, []
        for a in self.appointments:
            service = self.services[a["service"]]
            local = dt.datetime.fromisoformat(a["start"])
            start = self.instant(local)
            treated, occupied = start + service["minutes"], start + service["minutes"] + service.get("buffer_minutes", 0)
            self.busy_practitioner.setdefault(a["practitioner"], []).append((start, occupied))
            if a.get("room") is not None:
                self.busy_room.setdefault(a["room"], []).append((start, occupied))
            if a["patient"] == request["patient"]:
                self.patient_others.append((service["discipline"], start, treated, local.date()))
        self.fixed = {}
        for f in request.get("fixed", []):
            local = dt.datetime.fromisoformat(f["start"])
            start = self.instant(local)
            rooms = frozenset([f["room"]]) if f.get("room") is not None else None
            candidate = Candidate(
                start,
                start + self.service(f["discipline"])["minutes"],
                local.date(),
                local.hour * 60 + local.minute,
                rooms,
                {f["practitioner"]: 0},
            )
            self.fixed[Session(f["discipline"], f["week"])] = candidate
        self.current = {
            Session(c["discipline"], c["week"]): (
                self.instant(dt.datetime.fromisoformat(c["start"])),
                c["practitioner"],
            )
            for c in request.get("current", [])
        }

    def instant(self, local):
        """The first instant at which clocks in the clinic show `local`."""
        moment = local.replace(tzinfo=self.zone, fold=0).astimezone(dt.timezone.utc)
        return int((moment - EPOCH).total_seconds()) // 60

    def exists(self, local):
        """Whether clocks in the clinic ever show `local`."""
        there = local.replace(tzinfo=self.zone).astimezone(dt.timezone.utc).astimezone(self.zone)
        return there.replace(tzinfo=None) == local

    def service(self, discipline):
        """The service that the request wants in a discipline."""
        return self.services[self.request["disciplines"][discipline]["service"]]

    def buffer(self, discipline):
        """Minutes of buffer after a session of a discipline."""
        return self.service(discipline).get("buffer_minutes", 0)

    def at(self, date, text):
        """The instant of a wall time on a date; "24:00" is the next midnight."""
        hours, minutes = map(int, text.split(":"))
        return self.instant(dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=60 * hours + minutes))

    def working_time(self, practitioner, date):
        """Rule 2: the stretches of working time that begin on a date."""
        if date in self.closed:
            return []
        person, spans = self.practitioners[practitioner], []
        for h in person.get("hours", []):
            if h["weekday"] != WEEKDAYS[date.weekday()]:
                continue
            if "valid_from" in h and date < dt.date.fromisoformat(h["valid_from"]):
                continue
            if "valid_to" in h and date > dt.date.fromisoformat(h["valid_to"]):
                continue
            every = h.get("every_weeks", 1)
            if every > 1:
                first = dt.date.fromisoformat(h["valid_from"])
                monday = first - dt.timedelta(days=first.weekday())
                if (date - monday).days // 7 % every != 0:
                    continue
            spans.append((self.at(date, h["from"]), self.at(date, h["to"])))
        for e in person.get("extra_hours", []):
            if dt.date.fromisoformat(e["date"]) == date:
                spans.append((self.at(date, e["from"]), self.at(date, e["to"])))
        absences = [
            (self.instant(dt.datetime.fromisoformat(a["from"])), self.instant(dt.datetime.fromisoformat(a["to"])))
            for a in person.get("absences", [])
        ]
        return subtract(merge(spans), absences)

    def available(self, date):
        """Rule 5: the patient's windows on a date, or None when always available."""
        windows = self.patient.get("availability", [])
        if not windows:
            return None
        return merge(
            [(self.at(date, w["from"]), self.at(date, w["to"])) for w in windows if w["weekday"] == WEEKDAYS[date.weekday()]]
        )

    def dates(self, session):
        """Rule 8: every date that some usual date allows a session."""
        steps = [0] if session.discipline == self.held[0] else self.day_steps
        first = self.usual_dates[0] + dt.timedelta(days=7 * session.week + min(steps) - self.tolerance)
        last = self.usual_dates[-1] + dt.timedelta(days=7 * session.week + max(steps) + self.tolerance)
        return [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]

    def candidates(self, session):
        """Rules 1 to 7: every legal start of a session, in order of time."""
        wanted = self.request["disciplines"][session.discipline]
        service = self.services[wanted["service"]]
        minutes, buffer = service["minutes"], service.get("buffer_minutes", 0)
        kinds = service.get("room_kinds", [])
        found = []
        for date in self.dates(session):
            if date < self.earliest:  # rule 1
                continue
            windows = self.available(date)
            working = {p: self.working_time(p, date) for p in wanted["practitioners"]}
            if any(d == session.discipline and day == date for d, _, _, day in self.patient_others):  # rule 6
                continue
            for minute in range(0, 24 * 60, self.slot):
                local = dt.datetime.combine(date, dt.time(minute // 60, minute % 60))
                if not self.exists(local):
                    continue
                start = self.instant(local)
                end, occupied = start + minutes, start + minutes + buffer
                if start < self.now:  # rule 1
                    continue
                givers = {}
                for p in wanted["practitioners"]:
                    if not any(a <= start and end <= b for a, b in working[p]):  # rule 2
                        continue
                    if any(a < occupied and start < b for a, b in self.busy_practitioner.get(p, [])):  # rule 3
                        continue
                    givers[p] = self.orphan(p, working[p], start, end, occupied)
                if not givers:
                    continue
                rooms = None
                if kinds:  # rule 4
                    rooms = frozenset(
                        r["id"]
                        for r in self.clinic["rooms"]
                        if set(r["kinds"]) & set(kinds)
                        and not any(a < occupied and start < b for a, b in self.busy_room.get(r["id"], []))
                    )
                    if not rooms:
                        continue
                if windows is not None and not any(a <= start and end <= b for a, b in windows):  # rule 5
                    continue
                if any(a < end and start < b for _, a, b, _ in self.patient_others):  # rule 5
                    continue
                if not self.spaced_from_others(session.discipline, start, end, date):  # rule 7
                    continue
                found.append(Candidate(start, end, date, minute, rooms, givers))
        return found

    def spaced_from_others(self, discipline, start, end, date):
        """Rule 7: against the patient's appointments of the other discipline in `order`."""
        for other, a, b, day in self.patient_others:
            if other == discipline or other not in self.order:
                continue
            if self.same_day:
                first_before = end <= a if discipline == self.order[0] else b <= start
                if day == date and not first_before:
                    return False
            elif not (start - b >= self.min_gap or a - end >= self.min_gap):
                return False
        return True

    def orphan(self, practitioner, working, start, end, occupied):
        """Minutes made useless beside a session, in the free stretch that holds it."""
        shortest = min(self.services[s]["minutes"] for s in self.practitioners[practitioner]["services"])
        free = subtract(working, self.busy_practitioner.get(practitioner, []))
        a, b = next((a, b) for a, b in free if a <= start and end <= b)
        return sum(piece for piece in (start - a, b - occupied) if 0 < piece < shortest)

    def together(self, one, a, two, b, same_practitioner):
        """Rules 9 to 12: whether session `one` at `a` and session `two` at `b` can stand in one series; not for two fixed ones."""
        if one.discipline == two.discipline:
            return a.date != b.date  # rule 11
        if self.order.index(one.discipline) > self.order.index(two.discipline):
            one, a, two, b = two, b, one, a
        gap = b.start - a.end
        if one.week == two.week:  # rule 9
            if not self.same_day:
                return a.date < b.date and self.min_gap <= gap <= self.max_gap
            return a.date == b.date and 0 <= gap <= self.max_wait and self.beside(one, a, two, b, same_practitioner)
        if not self.same_day:  # rule 10
            return a.date != b.date and (gap >= self.min_gap or a.start - b.end >= self.min_gap)
        return a.date != b.date or (gap >= 0 and self.beside(one, a, two, b, same_practitioner))

    def beside(self, one, a, two, b, same_practitioner):
        """Rule 12, for two sessions on one date, the first discipline's before the second's."""
        gap = b.start - a.end
        if gap < 0:
            return False
        if gap >= self.buffer(one.discipline):
            return True
        if same_practitioner:
            return False
        return a.rooms is None or b.rooms is None or len(a.rooms | b.rooms) >= 2

    def beside_fixed(self, session, candidate, practitioner):
        """Rules 9 to 12 between one free session and every fixed one at once."""
        rooms = candidate.rooms
        for other, place in self.fixed.items():
            same = practitioner in place.orphan
            if not self.together(session, candidate, other, place, same):
                return False
            if rooms is not None and place.rooms is not None and place.date == candidate.date:
                spans = sorted(
                    [
                        (candidate.start, candidate.end + self.buffer(session.discipline)),
                        (place.start, place.end + self.buffer(other.discipline)),
                    ]
                )
                if spans[1][0] < spans[0][1]:
                    rooms = rooms - place.rooms
        return rooms is None or bool(rooms)


def merge(spans):
    """Overlapping and touching spans as one."""
    merged = []
    for a, b in sorted(s for s in spans if s[0] < s[1]):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged


def subtract(spans, holes):
    """What of `spans` lies in none of `holes`."""
    for x, y in holes:
        pieces = []
        for a, b in spans:
            pieces += [(a, min(b, x)), (max(a, y), b)] if a < y and x < b else [(a, b)]
        spans = [(a, b) for a, b in pieces if a < b]
    return sorted(spans)


def load(folder, name):
    """The facts of N.clinic.json and N.request.json in a folder."""
    with open(folder / f"{name}.clinic.json", encoding="utf-8") as clinic, open(
        folder / f"{name}.request.json", encoding="utf-8"
    ) as request:
        return Facts(json.load(clinic), json.load(request))
