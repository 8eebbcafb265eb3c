"""Proves the optimal cost lists of a request with OR-Tools CP-SAT, one lexicographic level after the other."""

import datetime as dt
import time

from ortools.sat.python import cp_model

LEVELS = {
    "same-practitioner": ["unplaced", "moved", "changes", "days_off", "minutes_off", "start_delay", "wait", "orphan"],
    "soonest": ["unplaced", "moved", "start_delay", "changes", "days_off", "minutes_off", "wait", "orphan"],
    "same-time": ["unplaced", "moved", "days_off", "minutes_off", "changes", "start_delay", "wait", "orphan"],
}


class NotProved(Exception):
    """The solver ran out of time."""


class Model:
    """All series that are legal, and the expression of each cost."""

    def __init__(self, facts):
        self.facts, self.cp = facts, cp_model.CpModel()
        self.costs = {name: 0 for name in LEVELS["soonest"]}
        self.places = {}
        for session in facts.sessions:
            fixed = facts.fixed.get(session)
            self.places[session] = [fixed] if fixed else self.free_places(session)
        self.choose_places()
        self.relate_sessions()
        self.usual_dates()
        self.usual_practitioners()
        self.usual_times()
        self.start_delay()
        self.waits()
        self.orphans_and_moves()

    def free_places(self, session):
        """The candidates that stand beside the fixed sessions, with the practitioners that may give them."""
        places = []
        for c in self.facts.candidates(session):
            givers = {p: o for p, o in c.orphan.items() if self.facts.beside_fixed(session, c, p)}
            if givers:
                places.append(type(c)(c.start, c.end, c.date, c.minute, c.rooms, givers))
        return places

    def choose_places(self):
        """At most one start and one practitioner a session; a fixed one always stands."""
        self.taken, self.given, self.before, self.placed, self.by, self.on = {}, {}, {}, {}, {}, {}
        for s in self.facts.sessions:
            taken = [self.cp.new_bool_var("") for _ in self.places[s]]
            self.taken[s] = taken
            self.given[s] = [{p: self.cp.new_bool_var("") for p in c.orphan} for c in self.places[s]]
            for t, g in zip(taken, self.given[s]):
                self.cp.add(sum(g.values()) == t)
            self.placed[s] = self.cp.new_bool_var("")
            self.cp.add(sum(taken) == self.placed[s])
            if s in self.facts.fixed:
                self.cp.add(self.placed[s] == 1)
            self.costs["unplaced"] += 1 - self.placed[s]
            # before[i]: the session stands at one of its first i candidates.
            self.before[s] = [self.cp.new_bool_var("") for _ in range(len(taken) + 1)]
            self.cp.add(self.before[s][0] == 0)
            for i, t in enumerate(taken):
                self.cp.add(self.before[s][i + 1] == self.before[s][i] + t)
            self.by[s] = {}
            for p in {p for c in self.places[s] for p in c.orphan}:
                self.by[s][p] = self.cp.new_bool_var("")
                self.cp.add(sum(g[p] for g in self.given[s] if p in g) == self.by[s][p])
            self.on[s] = {}
            for day in sorted({c.date for c in self.places[s]}):
                self.on[s][day] = self.cp.new_bool_var("")
                self.cp.add(sum(t for t, c in zip(taken, self.places[s]) if c.date == day) == self.on[s][day])

    def relate_sessions(self):
        """Rules 9 to 12 between any two sessions that are not both fixed (fixed with free is already filtered)."""
        facts, free = self.facts, [s for s in self.facts.sessions if s not in self.facts.fixed]
        # No rule reaches further than the longest gap: max_hours is 120 h.
        reach = 6 * 24 * 60
        for i, one in enumerate(free):
            for two in free[i + 1 :]:
                pair = one.discipline != two.discipline and one.week == two.week
                for n, a in enumerate(self.places[one]):
                    allowed = []
                    for m, b in enumerate(self.places[two]):
                        if abs(b.start - a.start) > reach:
                            allowed.append(not pair)
                            continue
                        apart = facts.together(one, a, two, b, False)
                        allowed.append(apart)
                        if apart and a.date == b.date and not facts.together(one, a, two, b, True):
                            for p in a.orphan.keys() & b.orphan.keys():
                                self.cp.add_bool_or(~self.given[one][n][p], ~self.given[two][m][p])
                    for start, stop in runs_of_false(allowed):
                        # Not within candidates start..stop of the other session.
                        self.cp.add_bool_or(~self.taken[one][n], ~self.before[two][stop], self.before[two][start])

    def usual_dates(self):
        """Rule 8 and `days_off`: the usual date of each discipline."""
        facts = self.facts
        first = {d: self.cp.new_bool_var("") for d in facts.usual_dates}
        step = {k: self.cp.new_bool_var("") for k in facts.day_steps}
        self.cp.add_exactly_one(first.values())
        self.cp.add_exactly_one(step.values())
        self.usual = {facts.held[0]: first}
        if len(facts.held) == 2:
            second = {}
            for d in first:
                for k in step:
                    second.setdefault(d + dt.timedelta(days=k), self.cp.new_bool_var(""))
            self.cp.add_exactly_one(second.values())
            for d in first:
                for k in step:
                    self.cp.add_bool_or(~first[d], ~step[k], second[d + dt.timedelta(days=k)])
            self.usual[facts.held[1]] = second
        for s in facts.sessions:
            usual = self.usual[s.discipline]
            off = lambda day, u: abs((day - u).days - 7 * s.week)
            if s in facts.fixed:
                self.costs["days_off"] += sum(off(facts.fixed[s].date, u) * v for u, v in usual.items())
                continue
            steps = [self.cp.new_bool_var("") for _ in range(facts.tolerance)]
            self.costs["days_off"] += sum(steps)
            for day, on in self.on[s].items():
                near = {u: v for u, v in usual.items() if off(day, u) <= facts.tolerance}
                self.cp.add_bool_or(~on, *near.values())
                for u, v in near.items():
                    for lit in steps[: off(day, u)]:
                        self.cp.add_bool_or(~on, ~v, lit)

    def usual_practitioners(self):
        """`changes`: the usual practitioner of each discipline is one of the request's."""
        for d in self.facts.held:
            usual = {p: self.cp.new_bool_var("") for p in self.facts.request["disciplines"][d]["practitioners"]}
            self.cp.add_exactly_one(usual.values())
            for s in (s for s in self.facts.sessions if s.discipline == d):
                change = self.cp.new_bool_var("")
                self.costs["changes"] += change
                for p, by in self.by[s].items():
                    self.cp.add_bool_or(~by, change, *([usual[p]] if p in usual else []))

    def usual_times(self):
        """`minutes_off`: any minute of the day may be the usual time.

        A sum of distances is least at a median, so the least is found among the times of day at which a session can stand.
        """
        for d in self.facts.held:
            sessions = [s for s in self.facts.sessions if s.discipline == d]
            minutes = sorted({c.minute for s in sessions for c in self.places[s]}) or [0]
            usual = self.cp.new_int_var_from_domain(cp_model.Domain.from_values(minutes), "")
            for s in sessions:
                if not self.places[s]:
                    continue
                at = self.cp.new_int_var_from_domain(cp_model.Domain.from_values(minutes), "")
                self.cp.add(
                    at == sum(c.minute * t for c, t in zip(self.places[s], self.taken[s]))
                ).only_enforce_if(self.placed[s])
                off = self.cp.new_int_var(0, 24 * 60, "")
                self.cp.add(off >= at - usual).only_enforce_if(self.placed[s])
                self.cp.add(off >= usual - at).only_enforce_if(self.placed[s])
                self.costs["minutes_off"] += off

    def start_delay(self):
        """`start_delay`: exactly one date is the earliest placed session's, or none is placed."""
        days = sorted({day for s in self.facts.sessions for day in self.on[s]})
        none = self.cp.new_bool_var("")
        earliest = {day: self.cp.new_bool_var("") for day in days}
        self.cp.add_exactly_one(none, *earliest.values())
        for s in self.facts.sessions:
            self.cp.add_implication(none, ~self.placed[s])
            for day, on in self.on[s].items():
                for later in days:
                    if later > day:
                        self.cp.add_implication(on, ~earliest[later])
        for day, lit in earliest.items():
            self.cp.add_bool_or(~lit, *(self.on[s][day] for s in self.facts.sessions if day in self.on[s]))
        self.costs["start_delay"] = sum((day - self.facts.earliest).days * lit for day, lit in earliest.items())

    def waits(self):
        """`wait`, with same-day spacing."""
        facts = self.facts
        if not facts.same_day or len(facts.held) < 2:
            return
        for one in (s for s in facts.sessions if s.discipline == facts.held[0]):
            two = next((s for s in facts.sessions if s.week == one.week and s.discipline == facts.held[1]), None)
            if two is None:
                continue
            if one in facts.fixed and two in facts.fixed:
                self.costs["wait"] += fixed_wait(facts.fixed[one], facts.fixed[two])
                continue
            if not self.places[one] or not self.places[two]:
                continue
            base = min(c.start for s in (one, two) for c in self.places[s])
            end = sum((c.end - base) * t for c, t in zip(self.places[one], self.taken[one]))
            start = sum((c.start - base) * t for c, t in zip(self.places[two], self.taken[two]))
            wait = self.cp.new_int_var(0, facts.max_wait, "")
            self.cp.add(wait >= start - end).only_enforce_if(self.placed[one], self.placed[two])
            self.costs["wait"] += wait

    def orphans_and_moves(self):
        """`orphan` and `moved` are linear in the choices."""
        for s in self.facts.sessions:
            for c, given in zip(self.places[s], self.given[s]):
                for p, lit in given.items():
                    if c.orphan[p]:
                        self.costs["orphan"] += c.orphan[p] * lit
                    if s in self.facts.current and self.facts.current[s] != (c.start, p):
                        self.costs["moved"] += lit

    def schedule(self, solver):
        """The chosen place and practitioner of each placed session."""
        chosen = {}
        for s in self.facts.sessions:
            for c, t, given in zip(self.places[s], self.taken[s], self.given[s]):
                if solver.value(t):
                    chosen[s] = (c, next(p for p, lit in given.items() if solver.value(lit)))
        return chosen


def fixed_wait(one, two):
    """Minutes between two fixed sessions; 0 when they overlap or lie on two dates."""
    if one.date != two.date:
        return 0
    return max(0, two.start - one.end, one.start - two.end)


def runs_of_false(values):
    """Half-open index ranges of maximal runs of False."""
    runs, begin = [], None
    for i, value in enumerate([*values, True]):
        if not value and begin is None:
            begin = i
        if value and begin is not None:
            runs.append((begin, i))
            begin = None
    return runs


def least_costs(facts, chosen):
    """The cost list of a schedule with the best usual slots for it, by trying every one."""
    request, cost = facts.request, dict.fromkeys(LEVELS["soonest"], 0)
    cost["unplaced"] = len(facts.sessions) - len(chosen)
    cost["moved"] = sum(s in facts.current and facts.current[s] != (c.start, p) for s, (c, p) in chosen.items())
    for d in facts.held:
        mine = {s: cp for s, cp in chosen.items() if s.discipline == d}
        cost["changes"] += min(sum(p != u for _, p in mine.values()) for u in request["disciplines"][d]["practitioners"])
        cost["minutes_off"] += min(sum(abs(c.minute - t) for c, _ in mine.values()) for t in range(24 * 60))
    totals = []
    for u in facts.usual_dates:
        for k in facts.day_steps:
            offs = {
                s: abs((c.date - u).days - 7 * s.week - (k if s.discipline != facts.held[0] else 0))
                for s, (c, _) in chosen.items()
            }
            if all(off <= facts.tolerance for s, off in offs.items() if s not in facts.fixed):
                totals.append(sum(offs.values()))
    cost["days_off"] = min(totals)
    if chosen:
        cost["start_delay"] = (min(c.date for c, _ in chosen.values()) - facts.earliest).days
    for one, (a, _) in chosen.items():
        for two, (b, _) in chosen.items():
            if facts.same_day and one.week == two.week and [one.discipline, two.discipline] == facts.order:
                cost["wait"] += fixed_wait(a, b)
    cost["orphan"] = sum(0 if s in facts.fixed else c.orphan[p] for s, (c, p) in chosen.items())
    return cost


def audit(facts, chosen):
    """Asserts rules 9 to 12 again on a finished schedule (1 to 7 hold of every candidate, 8 is in `least_costs`)."""
    placed = list(chosen.items())
    for i, (one, (a, p)) in enumerate(placed):
        for two, (b, q) in placed[i + 1 :]:
            if not (one in facts.fixed and two in facts.fixed):
                assert facts.together(one, a, two, b, p == q), (one, a, p, two, b, q)


def prove(facts, workers=1, limit=600.0):
    """The proven cost list of each strategy, with the seconds it took and a schedule that has it."""
    began = time.monotonic()
    model = Model(facts)
    shared = []
    results = {}
    for strategy, levels in LEVELS.items():
        cp, chosen, cost = model.cp.clone(), None, None
        proven = []
        for level in levels:
            if not isinstance(model.costs[level], int):
                known = next((v for name, v in shared if name == level), None)
                if known is not None and level in ("unplaced", "moved"):
                    cp.add(model.costs[level] == known)
                    proven.append((level, known))
                    continue
                # No cost but start_delay can be below 0.
                if cost is None or cost[level] != 0 or level == "start_delay":
                    solver = cp_model.CpSolver()
                    solver.parameters.num_workers = workers
                    solver.parameters.max_time_in_seconds = max(1.0, limit - (time.monotonic() - began))
                    cp.minimize(model.costs[level])
                    status = solver.solve(cp)
                    if status != cp_model.OPTIMAL:
                        raise NotProved(f"{strategy} {level}: {solver.status_name(status)}")
                    chosen = model.schedule(solver)
                    cost = least_costs(facts, chosen)
                    best = round(solver.objective_value)
                    assert cost[level] == best, (strategy, level, cost, best)
                    hint(cp, solver)
                cp.add(model.costs[level] <= cost[level])
            value = cost[level] if cost is not None else model.costs[level]
            if level in ("unplaced", "moved") and len(shared) < 2:
                shared.append((level, value))
            proven.append((level, value))
        if chosen is None:
            solver = cp_model.CpSolver()
            cp.clear_objective()
            assert solver.solve(cp) == cp_model.OPTIMAL
            chosen = model.schedule(solver)
        audit(facts, chosen)
        assert least_costs(facts, chosen) == dict(proven), (strategy, proven, least_costs(facts, chosen))
        results[strategy] = (dict(proven), chosen)
    return results, time.monotonic() - began


def hint(cp, solver):
    """Starts the next level from the schedule of this one."""
    cp.clear_hints()
    for index in range(len(cp.proto.variables)):
        cp.add_hint(cp.get_int_var_from_proto_index(index), solver.value(cp.get_int_var_from_proto_index(index)))
