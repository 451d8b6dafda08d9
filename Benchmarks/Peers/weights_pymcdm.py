"""Weights of indicators by pymcdm, as it comes.

Reads commands on standard input, one a line, and answers each with one line:

  load PATH COUNT ROWS COLUMNS    reads COUNT tables of doubles, each by columns
  time METHOD REPETITIONS         weighs so often, over the tables in turn; CPU seconds for one
  answer METHOD PATH              writes the weights of every table, one after the other
  version                         the versions of Python, NumPy and pymcdm

METHOD is critic or entropy. Started with the argument "columns" it keeps tables by columns, where
pymcdm is faster, else by rows, as NumPy makes arrays.
"""

import importlib.metadata
import platform
import sys
import time

import numpy as np
from pymcdm import weights

METHODS = {"critic": weights.critic_weights, "entropy": weights.entropy_weights}


def main():
    by_columns = sys.argv[1:] == ["columns"]
    tables = []
    for line in sys.stdin:
        command, *words = line.split()
        if command == "load":
            count, rows, columns = (int(word) for word in words[1:4])
            values = np.fromfile(words[0], dtype="<f8")
            assert len(values) == count * rows * columns, "the file has another length"
            tables = [
                table.T if by_columns else np.ascontiguousarray(table.T)
                for table in values.reshape(count, columns, rows)
            ]
            print("loaded", flush=True)
        elif command == "time":
            method, repetitions = METHODS[words[0]], int(words[1])
            start = time.process_time()
            for repetition in range(repetitions):
                method(tables[repetition % len(tables)])
            print((time.process_time() - start) / repetitions, flush=True)
        elif command == "answer":
            method = METHODS[words[0]]
            np.concatenate([method(table) for table in tables]).tofile(words[1])
            print("written", flush=True)
        elif command == "version":
            print(
                f"Python {platform.python_version()}, NumPy {np.__version__}, "
                f"pymcdm {importlib.metadata.version('pymcdm')}",
                flush=True,
            )


main()
