"""The benchmark's model (MODEL.md) in NumPy: a batch of draws at a time, arrays of counties by draws.

Draws are the last axis, so that sums over counties add whole rows and every inner loop is contiguous.
The batch is of the size that was fastest: 250 draws of a hundred counties. Results go into memory
allocated before the clock starts. `answer` uses the model's own noise, Philox in 64-bit words; that
costs more than all the rest, so `time` takes NumPy's own normals of PCG64: NumPy at its best.

Reads commands on standard input, one a line, and answers each with one line:

  load PATH             reads the input
  time FIRST COUNT      runs draws, with NumPy's normals; processor seconds
  philox FIRST COUNT    the same with the model's own noise
  answer PATH COUNT     writes the means over draws 0 to COUNT - 1
  version               the versions of Python and NumPy
"""

import platform
import sys
import time
from collections import namedtuple
from types import SimpleNamespace

import numpy as np

SOURCES = [np.uint64(one) for one in (3526332565, 2023485534, 1719147589, 1668814732)]
SCORE, INCOME, LEVEL_A, LEVEL_B = range(4)
# Counties times draws in a batch, for the near caches; with fewer draws than that rows are too short.
BATCH_CELLS, LEAST_DRAWS = 24576, 64
BEYOND_CAPS = 1e300  # a level that no county's cap lets it reach
LOW_HALF, HALF_BITS = np.uint64(0xFFFFFFFF), np.uint64(32)
MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
WEYL = 0x9E3779B9, 0xBB67AE85
# What serves the commands: how to make a plan of a file and a batch of a plan, and a batch's size.
Model = namedtuple("Model", "load make_batch batch_cells least_draws")
# What a county's streams add up to.
TOTALS = "amount total to_a to_b available spent".split()


def philox(draws, codes, year, source, seed):
    """Philox4x32-10. Broadcasting keeps the first rounds small: their words hang on few of the four."""
    keys = [seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF]
    w0, w1, w2, w3 = draws, codes, year, source
    for _ in range(10):
        key_0, key_1 = (np.uint64(key) for key in keys)
        product_0, product_1 = MULTIPLIERS[0] * w0, MULTIPLIERS[1] * w2
        w0 = (product_1 >> HALF_BITS) ^ w1 ^ key_0
        w1 = product_1 & LOW_HALF
        w2 = (product_0 >> HALF_BITS) ^ w3 ^ key_1
        w3 = product_0 & LOW_HALF
        keys = [(key + step) & 0xFFFFFFFF for key, step in zip(keys, WEYL)]
    return w0, w1, w2, w3


def philox_normals(draws, codes, year, source, seed):
    w0, w1, w2, w3 = philox(draws, codes, year, source, seed)
    u = (((w0 << np.uint64(20)) | (w1 >> np.uint64(12))) + 0.5) * 2.0**-52
    v = (((w2 << np.uint64(20)) | (w3 >> np.uint64(12))) + 0.5) * 2.0**-52
    return np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v)


class Plan:
    """The input, and what follows from it without a draw. Columns of counties."""

    def __init__(self, path):
        head = np.fromfile(path, dtype="<i8", count=8)
        if head[0] != 20240126:
            raise SystemExit("not an input of this model")
        self.counties, self.streams, self.years, self.seed, self.first_year = (int(one) for one in head[1:6])
        self.values, self.position = np.fromfile(path, dtype="<f8", offset=64), 0
        counties, streams, years = self.counties, self.streams, self.years
        self.codes = self.take(counties, 1).astype(np.uint64)
        self.people = self.take(years, counties, 1)
        need, area = self.take(years, counties, 1), self.take(years, counties, 1)
        columns = [self.take(counties, 1) for _ in range(5)]
        self.income, self.score, self.stock, self.speed, staff = columns
        self.staff, self.response = staff, 0.4 * 4 * staff
        self.level_a, self.level_b = self.take(2, counties, 1)
        self.pipeline = 100 * self.take(streams, counties, 1)
        self.previous = self.take(streams, counties, 1)
        self.pools, self.weights = self.take(streams), self.take(streams, 4)
        self.parts = np.array([need / need.sum(1, keepdims=True), area / area.sum(1, keepdims=True)])
        self.base = np.einsum("jk,kycx->yjcx", self.weights[:, :2], self.parts)
        self.people_sums, self.rents = self.people.sum(axis=(1, 2)), 0.05 / self.people
        self.guess = np.ones((years, streams))

    def take(self, *shape):
        size = int(np.prod(shape))
        self.position += size
        return self.values[self.position - size : self.position].reshape(shape).copy()


def filled(shape, dtype=float):
    """Written to, because memory only asked for is not there before its first use."""
    return np.full(shape, 0, dtype=dtype)


class Batch:
    """So many draws side by side."""

    def __init__(self, plan, draws):
        self.plan, self.draws = plan, draws
        cells = plan.counties, draws
        names = "score income own_income effort stock level_a level_b deepening share spare one two three"
        for name in names.split() + TOTALS:
            setattr(self, name, filled(cells))
        self.references = [filled(cells) for _ in range(plan.streams)]
        self.carried = [filled(cells) for _ in range(plan.streams)]
        self.normals = filled((4, *cells))
        self.is_free, self.flags = filled(cells, bool), filled(cells, bool)
        self.grades = [filled(cells) for _ in range(3)]
        self.factor_index = filled(cells, np.intp)
        self.found = np.ones((plan.years, plan.streams))

    def run(self, sums, first, noise):
        self.start()
        for year in range(self.plan.years):
            noise(self.normals, first, year)
            self.allocate(year)
            self.respond(year)
            sums.amount[year] += self.amount.sum(axis=1)
        sums.income += self.income.sum(axis=1)
        sums.score += self.score.sum(axis=1)

    def start(self):
        plan = self.plan
        for name in "score income stock level_a level_b".split():
            getattr(self, name)[:] = getattr(plan, name)
        self.effort[:], self.deepening[:] = 0.5, 1
        self.own_income[:] = plan.income - plan.rents[0] * plan.stock * plan.level_a
        for stream in range(plan.streams):
            self.references[stream][:], self.carried[stream][:] = plan.previous[stream], 0
        self.waiting = np.zeros((plan.streams, self.draws))
        self.reference_sums = np.repeat(plan.previous.sum(axis=(1, 2))[:, None], self.draws, axis=1)

    def allocate(self, year):
        plan, people = self.plan, self.plan.people[year]
        self.read_grades()
        top = self.income.max(axis=0)
        scores, incomes = people[:, 0] @ self.score, people[:, 0] @ self.income
        for name in TOTALS:
            getattr(self, name)[:] = 0
        for stream in range(plan.streams):
            weights = plan.weights[stream]
            fall, rise = weights[2] / (top * plan.people_sums[year] - incomes), weights[3] / scores
            np.multiply(self.score, rise, out=self.share)
            np.multiply(self.income, fall, out=self.one)
            self.share -= self.one
            self.share += fall * top
            self.share *= people
            self.share += plan.base[year, stream]
            self.finish(year, stream, plan.pools[stream] * 1.02**year + self.waiting[stream])

    def read_grades(self):
        """Who has grade A, B, C, as numbers that sums can be weighted with."""
        self.factor_index[:] = np.arange(3 * self.draws, 4 * self.draws)
        is_above = False
        for grade, cut in zip(self.grades, (90, 80, 60)):
            np.greater_equal(self.score, cut, out=self.flags)
            self.factor_index -= self.flags * self.draws
            np.subtract(self.flags, is_above, out=grade, dtype=float)
            is_above = self.flags.copy()

    def finish(self, year, stream, pool):
        """A stream from its shares to its spending."""
        reserve = 0.05 * pool
        base = pool - reserve
        old_sum = self.reference_sums[stream]
        target = np.minimum(base, 1.2 * old_sum)
        # Where floors or caps settle the matter the level is 0 or beyond all caps.
        level = np.where(base > 1.2 * old_sum, BEYOND_CAPS, self.plan.guess[year, stream] * base)
        is_floored = 0.9 * old_sum >= base
        level[is_floored] = 0
        level = self.place(stream, level, np.where(is_floored, base / old_sum, 0.9), target)
        is_found = (level > 0) & (level < BEYOND_CAPS)
        self.found[year, stream] = np.where(is_found, level / target, 1).mean()
        factors, step_a, step_b = self.factors(stream, reserve, target)
        self.reference_sums[stream] = target
        self.spend(stream, factors, step_a, step_b)
        self.waiting[stream] += base - target

    def place(self, stream, level, floor, target):
        """Newton on the sum of amounts, all draws at once; the reference gives way to the amounts."""
        low, high = np.zeros(self.draws), np.full(self.draws, np.inf)
        reference, amounts = self.references[stream], self.spare
        np.multiply(reference, floor, out=self.one)
        np.multiply(reference, 1.2, out=self.two)
        for _ in range(200):
            np.multiply(self.share, level, out=self.three)
            np.maximum(self.three, self.one, out=amounts)
            np.minimum(amounts, self.two, out=amounts)
            missing = target - amounts.sum(axis=0)
            is_placed = np.abs(missing) <= 1e-13 * target
            if is_placed.all():
                break
            np.equal(amounts, self.three, out=self.is_free)
            np.multiply(self.share, self.is_free, out=self.three)
            low, high = np.where(missing > 0, level, low), np.where(missing > 0, high, level)
            with np.errstate(divide="ignore", invalid="ignore"):
                step = level + missing / self.three.sum(axis=0)
            middle = np.where(np.isinf(high), 2 * low, 0.5 * (low + high))
            next_level = np.where((step > low) & (step < high), step, middle)
            level = np.where(is_placed, level, next_level)
        self.references[stream], self.spare = amounts, reference
        return level

    def factors(self, stream, reserve, placed):
        """Final amounts as parts of base amounts, by grade, and what the steps to A and to B are worth."""
        of_a, of_b, of_c = (np.einsum("cd,cd->d", self.references[stream], one) for one in self.grades)
        deducted = 0.02 * of_c + 0.10 * (placed - of_a - of_b - of_c)
        rewards, units = reserve + deducted, of_a + 0.3 * of_b
        with np.errstate(divide="ignore", invalid="ignore"):
            per_unit = np.where(units > 0, rewards / units, 0)
            left_for_b = np.minimum((rewards - 0.25 * of_a) / of_b, 0.25)
        reward_a, uncapped_b = np.minimum(per_unit, 0.25), np.minimum(0.3 * per_unit, 0.25)
        reward_b = np.where((per_unit > 0.25) & (of_b > 0), left_for_b, uncapped_b)
        kept = 1 + (rewards - reward_a * of_a - reward_b * of_b) / (placed - deducted)
        factors = np.array([kept + reward_a, kept + reward_b, 0.98 * kept, 0.90 * kept])
        return factors, reward_a - uncapped_b, uncapped_b + 0.02

    def spend(self, stream, factors, step_a, step_b):
        plan, base, carried = self.plan, self.references[stream], self.carried[stream]
        amount, available, ready = self.one, self.two, self.three
        np.take(factors.ravel(), self.factor_index, out=amount, mode="clip")
        amount *= base
        self.amount += amount
        self.total += base
        self.to_a += np.multiply(base, step_a, out=self.share)
        self.to_b += np.multiply(base, step_b, out=self.share)
        np.add(amount, carried, out=available)
        self.available += available
        np.multiply(self.deepening, plan.pipeline[stream], out=ready)
        spent = np.add(available, ready, out=self.share)
        np.divide(ready, spent, out=spent)
        spent *= available
        spent *= plan.speed
        np.minimum(spent, available, out=spent)
        self.spent += spent
        used_old = np.minimum(spent, carried, out=ready)
        carried -= used_old
        self.waiting[stream] = carried.sum(axis=0)
        np.subtract(amount, spent, out=carried)
        carried += used_old

    def add_incentives(self, cut, stakes):
        """Adds to `one` what a step over a cut-off is worth, times how near it is."""
        nearness = np.subtract(self.score, cut, out=self.two)
        nearness *= nearness
        nearness *= -0.00075
        nearness += 0.075
        np.maximum(nearness, 0, out=nearness)
        nearness *= stakes
        self.one += nearness

    def respond(self, year):
        plan, effort, push = self.plan, self.effort, self.three
        self.one[:] = 0
        self.add_incentives(90, self.to_a)
        self.add_incentives(80, self.to_b)
        self.one /= self.total
        self.add_incentives(60, 0.08)
        self.one *= 10 * plan.response
        effort *= 0.6
        effort += 0.2
        effort += self.one
        np.clip(effort, 0, 1, out=effort)
        np.subtract(effort, 0.5, out=push)
        for level, start, source in (
            (self.level_a, plan.level_a, LEVEL_A),
            (self.level_b, plan.level_b, LEVEL_B),
        ):
            level *= 0.7
            level += 0.3 * start
            level += np.multiply(push, 0.12, out=self.one)
            level += np.multiply(self.normals[source], 0.03, out=self.one)
            np.clip(level, 0, 1, out=level)
        push *= 0.5
        push += 1.01
        self.deepening *= np.maximum(push, 0, out=push)
        self.earn(plan.rents[year])
        self.assess()

    def earn(self, rent):
        growth = np.multiply(self.normals[INCOME], 0.01, out=self.one)
        growth += 1.06
        self.own_income *= growth
        self.stock *= 0.92
        self.stock += np.multiply(self.spent, 0.006, out=self.one)
        np.multiply(self.stock, self.level_a, out=self.income)
        self.income *= rent
        self.income += self.own_income

    def assess(self):
        score = self.score
        np.divide(self.spent, self.available, out=score)
        score -= 0.5
        score *= 2.5
        np.clip(score, 0, 1, out=score)
        score *= 2
        score += self.level_a
        score += self.level_b
        score *= 25
        score += np.multiply(self.normals[SCORE], 2, out=self.one)
        np.clip(score, 0, 100, out=score)
        score *= 1e6
        score += 0.5
        np.floor(score, out=score)
        score /= 1e6


def numpy_noise(first):
    """NumPy's own normals: other numbers, as cheap as NumPy has them."""
    generator = np.random.default_rng(first)

    def fill(normals, first, year):
        generator.standard_normal(out=normals)

    return fill


def philox_noise(plan):
    def fill(normals, first, year):
        draws = np.arange(first, first + normals.shape[2], dtype=np.uint64)[None, :]
        for index, source in enumerate(SOURCES):
            calendar = np.uint64(plan.first_year + year)
            normals[index] = philox_normals(draws, plan.codes, calendar, source, plan.seed)

    return fill


def make_batches(model, plan, count):
    """Batches of one size, and one of what is left; the same memory for all of one size."""
    size = min(count, max(model.least_draws, model.batch_cells // plan.counties))
    batches = [model.make_batch(plan, size)] * (count // size)
    return batches + ([model.make_batch(plan, count % size)] if count % size else [])


def make_sums(plan):
    amount = np.zeros((plan.years, plan.counties))
    return SimpleNamespace(amount=amount, income=np.zeros(plan.counties), score=np.zeros(plan.counties))


def run(batches, sums, first, noise):
    for batch in batches:
        batch.run(sums, first, noise)
        first += batch.draws


def load(path):
    """Also finds where Newton had better start: from the mean level of eight draws."""
    plan = Plan(path)
    batch = Batch(plan, 8)
    batch.run(make_sums(plan), 0, philox_noise(plan))
    plan.guess = batch.found
    return plan


def processor_seconds(model, plan, first, count, noise):
    batches, sums = make_batches(model, plan, count), make_sums(plan)
    start = time.process_time()
    run(batches, sums, first, noise)
    return time.process_time() - start


def write_answer(model, plan, path, count):
    sums = make_sums(plan)
    run(make_batches(model, plan, count), sums, 0, philox_noise(plan))
    (np.concatenate([sums.amount.ravel(), sums.income, sums.score]) / count).tofile(path)


def serve(model):
    plan = None
    for line in sys.stdin:
        command, *words = line.split()
        if command == "load":
            plan = model.load(words[0])
            print("loaded", flush=True)
        elif command in ("time", "philox"):
            first, count = int(words[0]), int(words[1])
            noise = philox_noise(plan) if command == "philox" else numpy_noise(first)
            print(processor_seconds(model, plan, first, count, noise), flush=True)
        elif command == "answer":
            write_answer(model, plan, words[0], int(words[1]))
            print("written", flush=True)
        elif command == "version":
            print(f"Python {platform.python_version()}, NumPy {np.__version__}", flush=True)


if __name__ == "__main__":
    serve(Model(load, Batch, BATCH_CELLS, LEAST_DRAWS))
