"""What the Numba programs have in common around their models: the input file (MODEL.md), threads, commands.

Reads commands on standard input, one a line, and answers each with one line:

  load PATH             reads the input and compiles
  time FIRST COUNT      runs draws; processor seconds
  wall FIRST COUNT N    the same on N threads; seconds on the wall
  answer PATH COUNT     writes the means over draws 0 to COUNT - 1
  version               the versions of Python, Numba and NumPy
"""

import platform
import sys
import time
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

# The file (MODEL.md).
Input = namedtuple(
    "Input",
    "codes people need area income score stock speed staff levels pipeline previous pools weights key first_year",
)

# What serves the commands; score_unit is what the scratch's scores are counted in.
Model = namedtuple("Model", "load run make_scratch score_unit")


def read_input(path):
    head = np.fromfile(path, dtype="<i8", count=8)
    if head[0] != 20240126:
        raise SystemExit("not an input of this model")
    counties, streams, years, seed, first_year = (int(one) for one in head[1:6])
    values, position = np.fromfile(path, dtype="<f8", offset=64), 0

    def take(*shape):
        nonlocal position
        size = int(np.prod(shape))
        position += size
        return values[position - size : position].reshape(shape).copy()

    codes = take(counties).astype(np.uint64)
    by_year = [take(years, counties) for _ in range(3)]
    by_county = [take(counties) for _ in range(5)]
    levels, pipeline, previous = take(2, counties), take(streams, counties), take(streams, counties)
    key = np.uint64(seed % 2**64)
    return Input(
        codes, *by_year, *by_county, levels, pipeline, previous, take(streams), take(streams, 4), key, first_year
    )


def parts(values):
    """Of each year's sum."""
    return values / values.sum(axis=1, keepdims=True)


def wall_seconds(model, plan, first, count, threads):
    start = time.perf_counter()
    edges = [first + count * index // threads for index in range(threads + 1)]
    scratches = [model.make_scratch(plan) for _ in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        ends = zip(scratches, edges, edges[1:])
        jobs = [pool.submit(model.run, plan, scratch, low, high - low) for scratch, low, high in ends]
        for job in jobs:
            job.result()
    for field in ("amount_sums", "income_sums", "score_sums"):
        sum(getattr(scratch, field) for scratch in scratches)
    return time.perf_counter() - start


def processor_seconds(model, plan, first, count):
    scratch = model.make_scratch(plan)
    start = time.process_time()
    model.run(plan, scratch, first, count)
    return time.process_time() - start


def write_answer(model, plan, path, count):
    scratch = model.make_scratch(plan)
    model.run(plan, scratch, 0, count)
    sums = scratch.amount_sums.ravel(), scratch.income_sums, scratch.score_sums * model.score_unit
    (np.concatenate(sums) / count).tofile(path)


def serve(model):
    plan = None
    for line in sys.stdin:
        command, *words = line.split()
        if command == "load":
            plan = model.load(words[0])
            print("loaded", flush=True)
        elif command == "time":
            print(processor_seconds(model, plan, int(words[0]), int(words[1])), flush=True)
        elif command == "wall":
            print(wall_seconds(model, plan, *(int(one) for one in words)), flush=True)
        elif command == "answer":
            write_answer(model, plan, words[0], int(words[1]))
            print("written", flush=True)
        elif command == "version":
            versions = platform.python_version(), numba.__version__, np.__version__
            print("Python {}, Numba {}, NumPy {}".format(*versions), flush=True)
