"""Times the Monte Carlo of trueppm-scheduler on a network given as JSON: the median in milliseconds and its P50.

python3 trueppm.py NETWORK.json ITERATIONS RUNS
"""

import json
import statistics
import sys
import time
from datetime import date, timedelta

from trueppm_scheduler import Calendar, DateRange, Dependency, DependencyType, Project, Task, monte_carlo


def days(count):
    return timedelta(days=count)


def calendar(given):
    off = [DateRange(date.fromisoformat(first), date.fromisoformat(last)) for first, last in given["off"]]
    return Calendar(working_days=given["mask"], exceptions=off)


def task(given):
    made = Task(id=given["uid"], name=given["uid"], duration=days(given["days"]), calendar_id=given["calendar"])
    if given["earliest"]:
        made.planned_start = date.fromisoformat(given["earliest"])
    if "range" in given:
        least, likely, most = given["range"]
        made.optimistic_duration, made.most_likely_duration, made.pessimistic_duration = days(least), days(likely), days(most)
        # It draws nothing below the duration itself.
        made.duration = days(least)
    return made


def project(given):
    calendars = [calendar(each) for each in given["calendars"]]
    return Project(
        id="bench",
        name="bench",
        start_date=date.fromisoformat(given["start"]),
        tasks=[task(each) for each in given["tasks"]],
        dependencies=[
            Dependency(before, after, dep_type=DependencyType[kind], lag=days(lag)) for before, after, kind, lag in given["links"]
        ],
        calendar=calendars[0],
        calendars={str(place): each for place, each in enumerate(calendars)},
    )


def main(file, iterations, runs):
    with open(file, encoding="utf-8") as text:
        network = project(json.load(text))
    took = []
    for _ in range(int(runs) + 1):
        began = time.perf_counter()
        result = monte_carlo(network, runs=int(iterations), seed=1)
        took.append((time.perf_counter() - began) * 1e3)
    print(statistics.median(took[1:]), result.p50.isoformat())


main(*sys.argv[1:])
