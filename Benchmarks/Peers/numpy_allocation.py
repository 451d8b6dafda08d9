"""One allocation with floors, caps and largest remainder, as good as NumPy does it.

The law is that of Sources/FundAllocation: a = min(cap, max(floor, level * share)) with the level
that places the pool, then whole quanta by largest remainder, remainders compared in whole
millionths (half up), ties to the lower index.

Reads commands on standard input, one a line, and answers each with one line:

  load PATH COUNT QUANTUM POOLS   reads shares, floors, caps (COUNT doubles each), POOLS pools
  time REPETITIONS                allocates so often, over the pools in turn; CPU seconds for one
  answer PATH                     writes the amounts of every pool, one after the other
  version                         the versions of Python and NumPy
"""

import platform
import sys
import time

import numpy as np


class Allocator:
    """Keeps its scratch arrays, so that no call allocates more than it must."""

    def __init__(self, shares, floors, caps, quantum):
        self.shares, self.floors, self.caps, self.quantum = shares, floors, caps, quantum
        self.wanted = np.empty_like(shares)
        self.amounts = np.empty_like(shares)
        self.scratch = np.empty_like(shares)
        self.is_free = np.empty(len(shares), dtype=bool)
        self.is_below_cap = np.empty(len(shares), dtype=bool)
        self.reverse = np.arange(len(shares), dtype=np.int64)[::-1].copy()

    def level(self, pool):
        """Newton on the multiplier: exact once a step is taken from the right linear piece."""
        floor_sum = self.floors.sum()
        if floor_sum >= pool or self.caps.sum() < pool:
            raise SystemExit("the benchmark's pools lie between the floors and the caps")
        level = pool / self.shares.sum()
        for _ in range(60):
            np.multiply(self.shares, level, out=self.wanted)
            np.greater_equal(self.wanted, self.floors, out=self.is_free)
            np.less(self.wanted, self.caps, out=self.is_below_cap)
            np.logical_and(self.is_free, self.is_below_cap, out=self.is_free)
            np.maximum(self.wanted, self.floors, out=self.amounts)
            np.minimum(self.amounts, self.caps, out=self.amounts)
            free_share = np.dot(self.is_free, self.shares)
            np.logical_not(self.is_free, out=self.is_free)
            step = (pool - np.dot(self.is_free, self.amounts)) / free_share
            if abs(step - level) <= 1e-15 * level:
                return step
            level = step
        raise SystemExit("the level was not found in 60 steps")

    def allocate(self, pool):
        level = self.level(pool)
        np.multiply(self.shares, level, out=self.amounts)
        np.maximum(self.amounts, self.floors, out=self.amounts)
        np.minimum(self.amounts, self.caps, out=self.amounts)
        np.divide(self.amounts, self.quantum, out=self.wanted)
        np.floor(self.wanted, out=self.amounts)
        np.subtract(self.wanted, self.amounts, out=self.scratch)
        self.scratch *= 1e6
        self.scratch += 0.5
        left = int(round(pool / self.quantum - self.amounts.sum()))
        if left > 0:
            self.hand(left)
        self.amounts *= self.quantum
        return self.amounts

    def hand(self, count):
        """One unit to each of the largest remainders: keys are unique, so a partition will do."""
        keys = self.scratch.astype(np.int64)
        keys *= len(keys)
        keys += self.reverse
        first = len(keys) - count
        self.amounts[np.argpartition(keys, first)[first:]] += 1


def main():
    allocator, pools = None, None
    for line in sys.stdin:
        command, *words = line.split()
        if command == "load":
            path, count, quantum, pool_count = words[0], int(words[1]), float(words[2]), int(words[3])
            values = np.fromfile(path, dtype="<f8")
            assert len(values) == 3 * count + pool_count, "the file has another length"
            columns = values[: 3 * count].reshape(3, count)
            allocator = Allocator(*(column.copy() for column in columns), quantum)
            pools = values[3 * count :].tolist()
            print("loaded", flush=True)
        elif command == "time":
            repetitions = int(words[0])
            start = time.process_time()
            for repetition in range(repetitions):
                allocator.allocate(pools[repetition % len(pools)])
            print((time.process_time() - start) / repetitions, flush=True)
        elif command == "answer":
            np.concatenate([allocator.allocate(pool).copy() for pool in pools]).tofile(words[0])
            print("written", flush=True)
        elif command == "version":
            print(f"Python {platform.python_version()}, NumPy {np.__version__}", flush=True)


main()
