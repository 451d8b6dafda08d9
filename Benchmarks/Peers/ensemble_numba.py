"""The benchmark's model (MODEL.md) in Numba: hand-written loops over counties, one draw at a time.

The loops are short and read arrays of their own, so that LLVM runs them over several counties at once;
logarithm and cosine are polynomials, because calls of the C library would keep it from that. All
memory is allocated and everything compiled before the clock starts.
"""

from collections import namedtuple

import llvmlite.binding
import llvmlite.ir
import numba
import numpy as np
from numba.core import types
from numba.extending import intrinsic

from ensemble_numba_program import Model, parts, read_input, serve

# LLVM gives up on loops over more than a few arrays that might overlap: let it check instead. Two vectors at
# a time, because what is left over at the end of a loop is run one by one.
llvmlite.binding.set_option("", "--runtime-memory-check-threshold=200")
llvmlite.binding.set_option("", "--force-vector-interleave=2")

# Without the runtime that counts references to arrays: counting costs as much as a loop over a hundred
# counties, and nothing compiled here allocates.
options = {"fastmath": True, "error_model": "numpy", "nogil": True, "_nrt": False}
compiled = numba.njit(**options)
# For what takes plan, scratch or other heaps of arrays: copying them for a call costs as much as a loop over a
# hundred counties.
inlined = numba.njit(inline="always", **options)

# Scores are kept in their units, millionths.
CUT_A, CUT_B, CUT_C = 90e6, 80e6, 60e6
BEYOND_CAPS = 1e300  # a level that no county's cap lets it reach
SOURCES = np.array([3526332565, 2023485534, 1719147589, 1668814732], dtype=np.uint64)

word = np.uint64
LOW_HALF, HALF_BITS, DROPPED_BITS, HIGH_SHIFT = word(0xFFFFFFFF), word(32), word(12), word(20)
MULTIPLIER_0, MULTIPLIER_1 = word(0xD2511F53), word(0xCD9E8D57)
WEYL_0, WEYL_1 = word(0x9E3779B9), word(0xBB67AE85)
ONE_BITS, ROOT_HALF_BITS, EXPONENT_BITS = word(0x3FF0000000000000), word(0x3FE6A09E667F3BCD), word(52)
EXPONENT_BIAS = word(2048)

# The input, sums over counties and whatever else no draw changes. Rows of counties.
Plan = namedtuple(
    "Plan",
    "codes people people_sums rents base weights pools growth guess income score stock speed response "
    "levels pulls pipeline previous previous_sums key first_year",
)

# The memory of one thread. Rows of counties, but `streams` and `found`, which have one for each stream.
Scratch = namedtuple(
    "Scratch",
    "score income own_income effort stock level_a level_b deepening share normals references carried "
    "spare totals streams found amount_sums income_sums score_sums",
)

# Columns of Scratch.streams.
WAITING, REFERENCE_SUM, UNALLOCATED, FACTOR_A, FACTOR_B, FACTOR_C, FACTOR_D, STEP_A, STEP_B = range(9)
# Rows of Scratch.totals.
AMOUNT, BASE, TO_A, TO_B, AVAILABLE, SPENT = range(6)


@intrinsic
def as_number(context, bits):
    """The double with these bits."""

    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], llvmlite.ir.DoubleType())

    return types.float64(types.uint64), generate


@intrinsic
def as_bits(context, number):
    """The bits of a double."""

    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], llvmlite.ir.IntType(64))

    return types.uint64(types.float64), generate


@compiled
def minus_twice_log(u):
    """By ln m = 2 atanh((m - 1) / (m + 1)), m the mantissa between the roots of 1/2 and 2."""
    # One more than the exponent's range keeps the shifted word positive.
    offset = as_bits(u) - ROOT_HALF_BITS + (EXPONENT_BIAS << EXPONENT_BITS)
    exponent = (offset >> EXPONENT_BITS) - EXPONENT_BIAS
    m = as_number(as_bits(u) - (exponent << EXPONENT_BITS))
    s = (m - 1) / (m + 1)
    z = s * s
    p = -0.33675319941360976 * z - 0.3624386886243043
    p = p * z - 0.4444686909503581
    p = p * z - 0.5714283204221534
    p = p * z - 0.8000000012348323
    p = p * z - 1.3333333333310584
    p = p * z - 4.000000000000001
    return s * p - 1.3862943611198906 * np.float64(np.int64(exponent))


@compiled
def sine_of_turn(w):
    """sin 2 pi w for |w| <= 1/4."""
    z = w * w
    p = -0.69250670107207168 * z + 3.817365633469135
    p = p * z - 15.094506140734291
    p = p * z + 42.058689953950939
    p = p * z - 76.705859689628667
    p = p * z + 81.605249275579766
    p = p * z - 41.341702240398284
    p = p * z + 6.2831853071795853
    return p * w


@compiled
def normal(w0, w1, w2, w3):
    """Of four words of Philox."""
    first = (w0 << HIGH_SHIFT) | (w1 >> DROPPED_BITS)
    second = (w2 << HIGH_SHIFT) | (w3 >> DROPPED_BITS)
    u = as_number(first | ONE_BITS) - (1 - 2.0**-53)
    # cos 2 pi v = sin 2 pi (|v - 1/2| - 1/4), v from 0 to 1: one polynomial for the whole turn.
    w = abs(as_number(second | ONE_BITS) - (1.5 - 2.0**-53)) - 0.25
    return np.sqrt(minus_twice_log(u)) * sine_of_turn(w)


@compiled
def fill_normals(normals, codes, draw, year, source, key):
    """Philox4x32-10. Rounds whose input no county changes are LLVM's to take out of the loop."""
    for c in range(len(codes)):
        w0, w1, w2, w3 = draw, codes[c], year, source
        key_0, key_1 = key & LOW_HALF, key >> HALF_BITS
        for _ in range(10):
            product_0, product_1 = MULTIPLIER_0 * w0, MULTIPLIER_1 * w2
            w0 = (product_1 >> HALF_BITS) ^ w1 ^ key_0
            w1 = product_1 & LOW_HALF
            w2 = (product_0 >> HALF_BITS) ^ w3 ^ key_1
            w3 = product_0 & LOW_HALF
            key_0 = (key_0 + WEYL_0) & LOW_HALF
            key_1 = (key_1 + WEYL_1) & LOW_HALF
        normals[c] = normal(w0, w1, w2, w3)


@compiled
def clipped(value, low, high):
    return min(max(value, low), high)


@compiled
def share_out(share, base, people, score, income, reference, rule, level, floor):
    """The shares, and what is placed at a first level: the sum, and the shares that are free."""
    constant, rise, fall = rule
    placed, free = 0.0, 0.0
    for c in range(len(share)):
        one = base[c] + people[c] * (constant + rise * score[c] - fall * income[c])
        share[c] = one
        wanted = level * one
        amount = clipped(wanted, floor * reference[c], 1.2 * reference[c])
        placed += amount
        free += one if amount == wanted else 0.0
    return placed, free


@compiled
def place(amounts, share, reference, score, level, floor):
    """Amounts at a level, their sum, the shares that are free, and the sums of grades A, B and C."""
    placed, free, of_a, of_b, of_c = 0.0, 0.0, 0.0, 0.0, 0.0
    for c in range(len(share)):
        wanted = level * share[c]
        amount = clipped(wanted, floor * reference[c], 1.2 * reference[c])
        amounts[c] = amount
        placed += amount
        free += share[c] if amount == wanted else 0.0
        of_a += amount if score[c] >= CUT_A else 0.0
        of_b += amount if CUT_B <= score[c] < CUT_A else 0.0
        of_c += amount if CUT_C <= score[c] < CUT_B else 0.0
    return placed, free, of_a, of_b, of_c


@compiled
def next_level(level, placed, free, target, low, high):
    """A step of Newton, or the middle of the bracket; a bracket without end has the end 0."""
    if placed < target:
        low = level
    else:
        high = level
    step = level + (target - placed) / free if free > 0 else -1.0
    if not (step > low and (high == 0 or step < high)):
        step = 2 * low if high == 0 else 0.5 * (low + high)
    return step, low, high


@inlined
def find_level(plan, scratch, year, stream, rule, level, floor, target):
    """Newton on the sum of amounts, which is piecewise linear: exact once from the right piece."""
    reference, score, share = scratch.references[stream], scratch.score, scratch.share
    base, people = plan.base[year, stream], plan.people[year]
    placed, free = share_out(share, base, people, score, scratch.income, reference, rule, level, floor)
    low, high = 0.0, 0.0
    sums = (placed, 0.0, 0.0, 0.0)
    for _ in range(200):
        if abs(target - placed) > 1e-13 * target:
            level, low, high = next_level(level, placed, free, target, low, high)
        placed, free, of_a, of_b, of_c = place(scratch.spare, share, reference, score, level, floor)
        sums = (placed, of_a, of_b, of_c)
        if abs(target - placed) <= 1e-13 * target:
            break
    for c in range(len(reference)):
        reference[c] = scratch.spare[c]
    return level, sums


@compiled
def set_factors(one, reserve, sums):
    """Rewards are in proportion to amounts within a grade: their level needs the sums only."""
    placed, of_a, of_b, of_c = sums
    deducted = 0.02 * of_c + 0.10 * (placed - of_a - of_b - of_c)
    rewards, units = reserve + deducted, of_a + 0.3 * of_b
    per_unit = rewards / units if units > 0 else 0.0
    reward_a, reward_b = min(per_unit, 0.25), min(0.3 * per_unit, 0.25)
    one[STEP_A], one[STEP_B] = reward_a - reward_b, reward_b + 0.02
    if per_unit > 0.25 and of_b > 0:
        reward_b = min((rewards - 0.25 * of_a) / of_b, 0.25)
    rest = rewards - reward_a * of_a - reward_b * of_b
    kept = 1 + rest / (placed - deducted)
    one[FACTOR_A], one[FACTOR_B] = kept + reward_a, kept + reward_b
    one[FACTOR_C], one[FACTOR_D] = 0.98 * kept, 0.90 * kept


@compiled
def factor_sums(people, income, score):
    """What the two factors that change need of all counties."""
    top, incomes, scores = 0.0, 0.0, 0.0
    for c in range(len(people)):
        top = max(top, income[c])
        incomes += income[c] * people[c]
        scores += score[c] * people[c]
    return top, incomes, scores


@inlined
def allocate(plan, scratch, year):
    top, incomes, scores = factor_sums(plan.people[year], scratch.income, scratch.score)
    for stream in range(len(plan.pools)):
        one = scratch.streams[stream]
        weights = plan.weights[stream]
        fall = weights[2] / (top * plan.people_sums[year] - incomes)
        rule = (fall * top, weights[3] / scores, fall)
        pool = plan.pools[stream] * plan.growth[year] + one[WAITING]
        reserve = 0.05 * pool
        base = pool - reserve
        # Where floors or caps settle the matter the level is 0 or beyond all caps.
        target, level, floor = base, plan.guess[year, stream] * base, 0.9
        if 0.9 * one[REFERENCE_SUM] >= base:
            level, floor = 0.0, base / one[REFERENCE_SUM]
        elif 1.2 * one[REFERENCE_SUM] < base:
            target, level = 1.2 * one[REFERENCE_SUM], BEYOND_CAPS
        level, sums = find_level(plan, scratch, year, stream, rule, level, floor, target)
        set_factors(one, reserve, sums)
        one[REFERENCE_SUM], one[UNALLOCATED] = target, base - target
        scratch.found[year, stream] = level / target


@inlined
def spend(base, carried, pipeline, deepening, score, speed, one, totals):
    """A stream's year: final amounts, spending, money carried and recovered."""
    factor_a, factor_b, factor_c, factor_d = one[FACTOR_A], one[FACTOR_B], one[FACTOR_C], one[FACTOR_D]
    step_a, step_b = one[STEP_A], one[STEP_B]
    amounts, bases, to_a, to_b = totals[AMOUNT], totals[BASE], totals[TO_A], totals[TO_B]
    availables, spents = totals[AVAILABLE], totals[SPENT]
    recovered = 0.0
    for c in range(len(base)):
        below_b = factor_c if score[c] >= CUT_C else factor_d
        below_a = factor_b if score[c] >= CUT_B else below_b
        amount = base[c] * (factor_a if score[c] >= CUT_A else below_a)
        old = carried[c]
        available, ready = amount + old, pipeline[c] * deepening[c]
        spent = min(available, speed[c] * available * ready / (available + ready))
        used_old = min(old, spent)
        carried[c] = amount - (spent - used_old)
        recovered += old - used_old
        amounts[c] += amount
        bases[c] += base[c]
        to_a[c] += base[c] * step_a
        to_b[c] += base[c] * step_b
        availables[c] += available
        spents[c] += spent
    one[WAITING] = recovered + one[UNALLOCATED]


@compiled
def nearness(score, cut):
    distance = (score - cut) * 1e-7
    return 0.075 * max(1 - distance * distance, 0.0)


@compiled
def set_efforts(effort, deepening, score, response, totals):
    bases, to_a, to_b = totals[BASE], totals[TO_A], totals[TO_B]
    for c in range(len(effort)):
        steps = nearness(score[c], CUT_A) * to_a[c] + nearness(score[c], CUT_B) * to_b[c]
        # From D to C every county gains the same part of its money: no sum needed.
        incentive = 10 * (steps / bases[c] + 0.08 * nearness(score[c], CUT_C))
        one = clipped(0.6 * effort[c] + 0.2 + response[c] * incentive, 0.0, 1.0)
        effort[c] = one
        deepening[c] *= max(1.01 + 0.5 * (one - 0.5), 0.0)


@compiled
def move_level(level, effort, pull, normals):
    for c in range(len(level)):
        moved = 0.7 * level[c] + pull[c] + 0.12 * (effort[c] - 0.5) + 0.03 * normals[c]
        level[c] = clipped(moved, 0.0, 1.0)


@compiled
def earn(income, own_income, stock, level_a, rent, spent, normals):
    for c in range(len(income)):
        stock[c] = 0.92 * stock[c] + 0.006 * spent[c]
        own_income[c] *= 1.06 + 0.01 * normals[c]
        income[c] = own_income[c] + rent[c] * stock[c] * level_a[c]


@compiled
def assess(score, level_a, level_b, spent, available, normals):
    for c in range(len(score)):
        execution = clipped((spent[c] / available[c] - 0.5) * 2.5, 0.0, 1.0)
        exact = 25e6 * (level_a[c] + level_b[c]) + 50e6 * execution + 2e6 * normals[c]
        score[c] = np.floor(clipped(exact, 0.0, 100e6) + 0.5)


@inlined
def advance(plan, scratch, year, draw):
    totals, normals = scratch.totals, scratch.normals
    for row in range(len(totals)):
        for c in range(len(plan.income)):
            totals[row, c] = 0
    for stream in range(len(plan.pools)):
        spend(
            scratch.references[stream], scratch.carried[stream], plan.pipeline[stream], scratch.deepening,
            scratch.score, plan.speed, scratch.streams[stream], totals,
        )
    for source in range(len(SOURCES)):
        calendar = np.uint64(plan.first_year + year)
        fill_normals(normals[source], plan.codes, np.uint64(draw), calendar, SOURCES[source], plan.key)
    set_efforts(scratch.effort, scratch.deepening, scratch.score, plan.response, totals)
    move_level(scratch.level_a, scratch.effort, plan.pulls[0], normals[2])
    move_level(scratch.level_b, scratch.effort, plan.pulls[1], normals[3])
    earn(
        scratch.income, scratch.own_income, scratch.stock, scratch.level_a, plan.rents[year], totals[SPENT],
        normals[1],
    )
    assess(scratch.score, scratch.level_a, scratch.level_b, totals[SPENT], totals[AVAILABLE], normals[0])
    add(scratch.amount_sums[year], totals[AMOUNT])


@compiled
def start(plan, scratch):
    for c in range(len(plan.income)):
        scratch.score[c] = plan.score[c]
        scratch.income[c] = plan.income[c]
        scratch.effort[c] = 0.5
        scratch.stock[c] = plan.stock[c]
        scratch.level_a[c], scratch.level_b[c] = plan.levels[0, c], plan.levels[1, c]
        scratch.deepening[c] = 1
        scratch.own_income[c] = plan.income[c] - plan.rents[0, c] * plan.stock[c] * plan.levels[0, c]
    for stream in range(len(plan.pools)):
        one = scratch.streams[stream]
        one[WAITING], one[REFERENCE_SUM] = 0, plan.previous_sums[stream]
        for c in range(len(plan.income)):
            scratch.references[stream, c] = plan.previous[stream, c]
            scratch.carried[stream, c] = 0


@compiled
def add(sums, values):
    for c in range(len(sums)):
        sums[c] += values[c]


@compiled
def run(plan, scratch, first, count):
    for draw in range(first, first + count):
        start(plan, scratch)
        for year in range(len(plan.growth)):
            allocate(plan, scratch, year)
            advance(plan, scratch, year, draw)
        add(scratch.income_sums, scratch.income)
        add(scratch.score_sums, scratch.score)


def read_plan(path):
    given = read_input(path)
    people, levels, years = given.people, given.levels, len(given.people)
    fixed = np.array([parts(given.need), parts(given.area)])
    base = np.ascontiguousarray(np.einsum("jk,kyc->yjc", given.weights[:, :2], fixed))
    return Plan(
        given.codes, people, people.sum(axis=1), 0.05 / people, base, given.weights, given.pools,
        1.02 ** np.arange(years), np.ones((years, len(given.pools))), given.income, given.score * 1e6,
        given.stock, given.speed, 0.4 * 4 * given.staff, levels, 0.3 * levels, 100 * given.pipeline,
        given.previous, given.previous.sum(axis=1), given.key, given.first_year,
    )


def make_scratch(plan):
    years, streams, counties = plan.base.shape
    rows = [np.zeros(counties) for _ in range(9)]
    blocks = [np.zeros((count, counties)) for count in (len(SOURCES), streams, streams)]
    per_stream = [np.zeros((streams, 9)), np.zeros((years, streams))]
    sums = [np.zeros((years, counties)), np.zeros(counties), np.zeros(counties)]
    return Scratch(*rows, *blocks, np.zeros(counties), np.zeros((6, counties)), *per_stream, *sums)


def load(path):
    """Also finds where Newton had better start: from the mean level of eight draws."""
    plan = read_plan(path)
    scratch = make_scratch(plan)
    found = np.zeros_like(plan.guess)
    for draw in range(8):
        run(plan, scratch, draw, 1)
        found += np.where((scratch.found > 0) & (scratch.found < 1e200), scratch.found, 1) / 8
    plan.guess[:] = found
    return plan


if __name__ == "__main__":
    serve(Model(load, run, make_scratch, 1e-6))
