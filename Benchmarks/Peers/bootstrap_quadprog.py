"""Bootstrap of weights on the simplex over counties, as good as NumPy and quadprog do it.

Gram matrices by county once; then, for batches of replicates, multinomial counts, one matrix
product for all Gram matrices of a batch, and quadprog (Goldfarb and Idnani) for each replicate.

Reads commands on standard input, one a line, and answers each with one line:

  load PATH COUNTIES ROWS FACTORS   reads X by columns and y (COUNTIES * ROWS doubles each)
  time REPLICATES                   CPU seconds of one replicate
  answer REPLICATES COUNTS PATH     weights for given counts, written to PATH
  version                           the version of quadprog
"""

import sys
import time
from importlib.metadata import version

import numpy as np
import quadprog


class Bootstrap:
    BATCH = 256

    def __init__(self, columns, target, counties, rows):
        x = columns.reshape(columns.shape[0], counties, rows)
        y = target.reshape(counties, rows)
        self.factors = len(columns)
        scale = np.sqrt(np.mean(columns**2))
        x, y = x / scale, y / scale
        grams = np.einsum("icr,jcr->cij", x, x).reshape(counties, -1)
        sides = np.einsum("icr,cr->ci", x, y)
        self.parts = np.ascontiguousarray(np.hstack([grams, sides]))
        self.counties = counties
        self.constraints = np.asfortranarray(
            np.hstack([np.ones((self.factors, 1)), np.eye(self.factors)])
        )
        self.bounds = np.concatenate([[1.0], np.zeros(self.factors)])
        self.chances = np.full(counties, 1.0 / counties)
        self.random = np.random.default_rng(1)

    def weights(self, counts):
        sums = counts @ self.parts
        k = self.factors
        result = np.empty((len(counts), k))
        for index, row in enumerate(sums):
            gram = row[: k * k].reshape(k, k)
            result[index] = quadprog.solve_qp(
                gram, row[k * k :], self.constraints, self.bounds, 1
            )[0]
        return result

    def replicates(self, count):
        for start in range(0, count, self.BATCH):
            size = min(self.BATCH, count - start)
            counts = self.random.multinomial(self.counties, self.chances, size=size)
            self.weights(counts.astype(float))


def main():
    bootstrap = None
    for line in sys.stdin:
        command, *words = line.split()
        if command == "load":
            counties, rows, factors = (int(word) for word in words[1:])
            values = np.fromfile(words[0], dtype="<f8").reshape(factors + 1, counties * rows)
            bootstrap = Bootstrap(values[:-1], values[-1], counties, rows)
            print("loaded", flush=True)
        elif command == "time":
            count = int(words[0])
            start = time.process_time()
            bootstrap.replicates(count)
            print((time.process_time() - start) / count, flush=True)
        elif command == "answer":
            counts = np.fromfile(words[1], dtype="<f8").reshape(int(words[0]), -1)
            bootstrap.weights(counts).tofile(words[2])
            print("written", flush=True)
        elif command == "version":
            print(f"quadprog {version('quadprog')}", flush=True)


main()
