"""Sobol' indices of one allocation over 96 counties with floors and caps: SALib, the model in NumPy.

The model is that of SobolCase.swift: all runs at once in blocks that stay in the cache, Newton's
method on the level. Reads commands on standard input, one a line, and answers each with one line:

  load PATH COUNTIES FACTORS   reads values (county by factor) and last year's amounts
  model X1 .. X8               the output at one point
  indices SEED                 first order, then total order, of every input
  time SEED                    CPU seconds of sampling, model and indices with 100 resamples
  version                      the versions
"""

import sys
import time
import warnings
from importlib.metadata import version

import numpy as np

warnings.simplefilter("ignore")
from SALib.analyze import sobol as analysis  # noqa: E402
from SALib.sample import sobol as sampling  # noqa: E402

POINTS, RESAMPLES, BLOCK = 1 << 14, 100, 256
PROBLEM = {
    "num_vars": 8,
    "names": [f"x{i}" for i in range(8)],
    "bounds": [[0.0, 1.0]] * 8,
}


class Model:
    def __init__(self, values, before):
        self.values, self.before = values, before
        self.caps = 1.2 * before

    def run(self, points):
        outputs = np.empty(len(points))
        for start in range(0, len(points), BLOCK):
            outputs[start : start + BLOCK] = self.block(points[start : start + BLOCK])
        return outputs

    def block(self, points):
        weights = points[:, :6] + 0.5
        weights /= weights.sum(axis=1, keepdims=True)
        pool = points[:, 6] * 0.1 + 0.98
        floor = points[:, 7] * 0.3 + 0.65
        shares = weights @ self.values.T
        floors = floor[:, None] * self.before
        amounts = self.amounts(shares, floors, pool)
        return amounts[:, 64:].sum(axis=1) / pool

    def amounts(self, shares, floors, pool):
        """Newton on the level: exact once a step is taken from the right linear piece."""
        level = pool / shares.sum(axis=1)
        for _ in range(60):
            wanted = level[:, None] * shares
            amounts = np.clip(wanted, floors, self.caps)
            free = amounts == wanted
            free_share = np.einsum("ij,ij->i", free, shares)
            fixed = amounts.sum(axis=1) - level * free_share
            step = (pool - fixed) / free_share
            if np.all(np.abs(step - level) <= 1e-14 * level):
                return amounts
            level = step
        raise SystemExit("the level was not found in 60 steps")


def indices(model, seed):
    points = sampling.sample(PROBLEM, POINTS, calc_second_order=False, scramble=True, seed=seed)
    outputs = model.run(points)
    return analysis.analyze(
        PROBLEM, outputs, calc_second_order=False, num_resamples=RESAMPLES, seed=seed
    )


def main():
    model = None
    for line in sys.stdin:
        command, *words = line.split()
        if command == "load":
            path, counties, factors = words[0], int(words[1]), int(words[2])
            numbers = np.fromfile(path, dtype="<f8")
            split = counties * factors
            model = Model(numbers[:split].reshape(counties, factors).copy(), numbers[split:].copy())
            print("loaded", flush=True)
        elif command == "model":
            print(repr(float(model.run(np.array([[float(word) for word in words]]))[0])), flush=True)
        elif command == "indices":
            found = indices(model, int(words[0]))
            print(" ".join(repr(float(x)) for x in [*found["S1"], *found["ST"]]), flush=True)
        elif command == "time":
            start = time.process_time()
            indices(model, int(words[0]))
            print(time.process_time() - start, flush=True)
        elif command == "version":
            print(f"NumPy {np.__version__}, SALib {version('SALib')}", flush=True)


main()
