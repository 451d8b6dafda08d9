"""The benchmark's model (MODEL.md) step by step in Numba: one draw at a time, hand-written loops over counties.

Every step that a general engine carries out for each county, stream and year, with this model's rules and
numbers in the code. Noise, input and commands are those of ensemble_numba.py, whose model is derived instead.
"""

from collections import namedtuple

import numpy as np

from ensemble_numba import BEYOND_CAPS, SOURCES, add, clipped, compiled, fill_normals, inlined, next_level
from ensemble_numba_program import Model, parts, read_input, serve

# The input, and what follows from it without a draw. Rows of counties; need and area as parts of their sums.
Plan = namedtuple(
    "Plan",
    "codes people need area rents weights pools income score stock speed staff levels pipeline previous "
    "key first_year",
)

# The memory of one thread. Rows of counties, but `waiting`, which has one number for each stream.
Scratch = namedtuple(
    "Scratch",
    "score income own_income effort stock level_a level_b low_income performance unit_rate deduction_rate "
    "share lower upper reward normals references carried pipeline totals waiting amount_sums income_sums "
    "score_sums",
)

# Rows of Scratch.totals, what a county's streams add up to. Gains from A to D.
AMOUNT, BASE, AVAILABLE, SPENT, GAIN_A, GAIN_B, GAIN_C, GAIN_D = range(8)


@inlined
def set_columns(scratch, people):
    """The two factors that draws change, their sums, and the rates of each county's grade."""
    income, score, low_income, performance = (
        scratch.income, scratch.score, scratch.low_income, scratch.performance
    )
    unit_rate, deduction_rate = scratch.unit_rate, scratch.deduction_rate
    top, low_income_sum, performance_sum = 0.0, 0.0, 0.0
    for c in range(len(people)):
        top = max(top, income[c])
    for c in range(len(people)):
        low_income[c] = max(top - income[c], 0.0) * people[c]
        performance[c] = score[c] * people[c]
        low_income_sum += low_income[c]
        performance_sum += performance[c]
        below_a = 0.3 if score[c] >= 80 else 0.0
        unit_rate[c] = 1.0 if score[c] >= 90 else below_a
        below_b = 0.02 if score[c] >= 60 else 0.10
        deduction_rate[c] = 0.0 if score[c] >= 80 else below_b
    return low_income_sum, performance_sum


@inlined
def set_shares(scratch, need, area, reference, weights, column_sums):
    """Shares and bounds, and their sums."""
    share, lower, upper = scratch.share, scratch.lower, scratch.upper
    low_income, performance = scratch.low_income, scratch.performance
    of_need, of_area = weights[0], weights[1]
    of_low_income, of_performance = weights[2] / column_sums[0], weights[3] / column_sums[1]
    share_sum, lower_sum, upper_sum = 0.0, 0.0, 0.0
    for c in range(len(share)):
        fixed = of_need * need[c] + of_area * area[c]
        share[c] = fixed + of_low_income * low_income[c] + of_performance * performance[c]
        lower[c], upper[c] = 0.9 * reference[c], 1.2 * reference[c]
        share_sum += share[c]
        lower_sum += lower[c]
        upper_sum += upper[c]
    return share_sum, lower_sum, upper_sum


@compiled
def find_level(share, lower, upper, level, target):
    """Newton on the sum of amounts, which is piecewise linear: exact once from the right piece. The bracket
    makes it end whatever the data. Without floors, None, they are 0."""
    low, high = 0.0, 0.0
    for _ in range(200):
        placed, free = 0.0, 0.0
        for c in range(len(share)):
            wanted = level * share[c]
            amount = clipped(wanted, 0.0 if lower is None else lower[c], upper[c])
            placed += amount
            free += share[c] if amount == wanted else 0.0
        if abs(target - placed) <= 1e-13 * target:
            break
        level, low, high = next_level(level, placed, free, target, low, high)
    return level


@inlined
def set_amounts(scratch, amounts, level, floor_part):
    """Amounts, units, and the caps of the rewards in the place of the amounts'; sums of deductions and units."""
    share, lower, upper, reward = scratch.share, scratch.lower, scratch.upper, scratch.reward
    unit_rate, deduction_rate = scratch.unit_rate, scratch.deduction_rate
    deducted, units = 0.0, 0.0
    for c in range(len(amounts)):
        amount = clipped(level * share[c], floor_part * lower[c], upper[c])
        amounts[c], reward[c], upper[c] = amount, unit_rate[c] * amount, 0.25 * amount
        deducted += deduction_rate[c] * amount
        units += reward[c]
    return deducted, units


@compiled
def set_reward_shares(reward, upper, units):
    """Units as parts of their sum; the sum of these, and of the caps of counties that have any."""
    part = 1 / units
    share_sum, most = 0.0, 0.0
    for c in range(len(reward)):
        reward[c] = part * reward[c]
        share_sum += reward[c]
        most += upper[c] if reward[c] > 0 else 0.0
    return share_sum, most


@inlined
def set_rewards(scratch, amounts, level):
    """Rewards at a level; their sum, and that of amounts less deductions."""
    reward, upper, deduction_rate = scratch.reward, scratch.upper, scratch.deduction_rate
    paid, kept = 0.0, 0.0
    for c in range(len(reward)):
        reward[c] = clipped(level * reward[c], 0.0, upper[c])
        paid += reward[c]
        kept += amounts[c] - deduction_rate[c] * amounts[c]
    return paid, kept


@inlined
def pay_rewards(scratch, amounts, rewards, units):
    """What nobody can take, as a part of amounts less deductions, and the reward of a unit."""
    level, per_unit = 0.0, 0.0
    if units > 0:
        per_unit = rewards / units
        share_sum, most = set_reward_shares(scratch.reward, scratch.upper, units)
        level = BEYOND_CAPS
        if most >= rewards:
            level = find_level(scratch.reward, None, scratch.upper, rewards / share_sum, rewards)
    paid, kept = set_rewards(scratch, amounts, level)
    return (rewards - paid) / kept, per_unit


@inlined
def allocate(plan, scratch, year, stream, pool, column_sums):
    """A stream's year; also what could not be placed."""
    available = pool + scratch.waiting[stream]
    reserve = 0.05 * available
    base, amounts, unallocated = available - reserve, scratch.references[stream], 0.0
    share_sum, lower_sum, upper_sum = set_shares(
        scratch, plan.need[year], plan.area[year], amounts, plan.weights[stream], column_sums
    )
    level, floor_part = 0.0, 1.0
    if lower_sum >= base:
        floor_part = base / lower_sum
    elif upper_sum < base:
        level, unallocated = BEYOND_CAPS, base - upper_sum
    else:
        level = find_level(scratch.share, scratch.lower, scratch.upper, base / share_sum, base)
    deducted, units = set_amounts(scratch, amounts, level, floor_part)
    left_over, per_unit = pay_rewards(scratch, amounts, reserve + deducted, units)
    scratch.waiting[stream] = unallocated + spend(plan, scratch, stream, left_over, per_unit)


@inlined
def spend(plan, scratch, stream, left_over, per_unit):
    """Final amounts, what each grade would gain, spending, money carried; returns the money recovered. Terms of
    the gains that the law sets to 0 are left out."""
    base, reward, carried = scratch.references[stream], scratch.reward, scratch.carried[stream]
    pipeline, speed, deduction_rate = scratch.pipeline[stream], plan.speed, scratch.deduction_rate
    totals = scratch.totals
    amounts, bases, availables, spents = totals[AMOUNT], totals[BASE], totals[AVAILABLE], totals[SPENT]
    gain_a, gain_b, gain_c, gain_d = totals[GAIN_A], totals[GAIN_B], totals[GAIN_C], totals[GAIN_D]
    recovered = 0.0
    for c in range(len(base)):
        kept = base[c] - deduction_rate[c] * base[c]
        amount = kept + reward[c] + left_over * kept
        gain_a[c] += min(per_unit * base[c], 0.25 * base[c])
        gain_b[c] += min(per_unit * (0.3 * base[c]), 0.25 * base[c])
        gain_c[c] -= 0.02 * base[c]
        gain_d[c] -= 0.10 * base[c]
        bases[c] += base[c]
        old = carried[c]
        available = amount + old
        spent = min(available, speed[c] * available * pipeline[c] / (available + pipeline[c]))
        used_old = min(old, spent)
        carried[c] = amount - (spent - used_old)
        recovered += old - used_old
        amounts[c] += amount
        availables[c] += available
        spents[c] += spent
    return recovered


@compiled
def nearness(score, cut):
    distance = (score - cut) * 0.1
    return 0.075 * max(1 - distance * distance, 0.0)


@compiled
def set_efforts(effort, score, staff, totals):
    """By the incentive over the three cut-offs."""
    bases = totals[BASE]
    gain_a, gain_b, gain_c, gain_d = totals[GAIN_A], totals[GAIN_B], totals[GAIN_C], totals[GAIN_D]
    for c in range(len(effort)):
        stakes = (gain_a[c] - gain_b[c]) / bases[c] * nearness(score[c], 90.0)
        stakes += (gain_b[c] - gain_c[c]) / bases[c] * nearness(score[c], 80.0)
        stakes += (gain_c[c] - gain_d[c]) / bases[c] * nearness(score[c], 60.0)
        drive = 0.5 + 4 * (10 * stakes) * staff[c]
        effort[c] = clipped(effort[c] + 0.4 * (drive - effort[c]), 0.0, 1.0)


@compiled
def grow_pipeline(pipeline, effort):
    for c in range(len(effort)):
        pipeline[c] = max(pipeline[c] * (1 + 0.01 + 0.5 * (effort[c] - 0.5)), 0.0)


@compiled
def move_level(level, effort, mean, normals):
    for c in range(len(level)):
        step = 0.3 * (mean[c] + 0.4 * (effort[c] - 0.5) - level[c])
        level[c] = clipped(level[c] + step + 0.03 * normals[c], 0.0, 1.0)


@compiled
def earn(income, own_income, stock, level_a, rent, spent, normals):
    for c in range(len(income)):
        stock[c] = 0.92 * stock[c] + 0.6 * (spent[c] * 0.01)
        own_income[c] *= 1 + 0.06 + 0.01 * normals[c]
        income[c] = own_income[c] + rent[c] * stock[c] * level_a[c]


@compiled
def assess(score, level_a, level_b, spent, available, normals):
    for c in range(len(score)):
        execution = clipped((spent[c] / available[c] - 0.5) * 2.5, 0.0, 1.0)
        exact = 25 * level_a[c] + 25 * level_b[c] + 50 * execution + 2 * normals[c]
        # Units and their size apart, lest fast arithmetic multiply by 1e-6, which is not exact.
        score[c] = np.floor(clipped(exact, 0.0, 100.0) * 1e6 + 0.5)
    for c in range(len(score)):
        score[c] /= 1e6


@inlined
def advance(plan, scratch, year, draw):
    totals, normals = scratch.totals, scratch.normals
    for source in range(len(SOURCES)):
        calendar = np.uint64(plan.first_year + year)
        fill_normals(normals[source], plan.codes, np.uint64(draw), calendar, SOURCES[source], plan.key)
    set_efforts(scratch.effort, scratch.score, plan.staff, totals)
    for stream in range(len(plan.pools)):
        grow_pipeline(scratch.pipeline[stream], scratch.effort)
    move_level(scratch.level_a, scratch.effort, plan.levels[0], normals[2])
    move_level(scratch.level_b, scratch.effort, plan.levels[1], normals[3])
    earn(
        scratch.income, scratch.own_income, scratch.stock, scratch.level_a, plan.rents[year], totals[SPENT],
        normals[1],
    )
    assess(scratch.score, scratch.level_a, scratch.level_b, totals[SPENT], totals[AVAILABLE], normals[0])
    add(scratch.amount_sums[year], totals[AMOUNT])


@inlined
def run_year(plan, scratch, year, draw):
    totals = scratch.totals
    for row in range(len(totals)):
        for c in range(len(plan.income)):
            totals[row, c] = 0
    column_sums = set_columns(scratch, plan.people[year])
    for stream in range(len(plan.pools)):
        allocate(plan, scratch, year, stream, plan.pools[stream] * 1.02**year, column_sums)
    advance(plan, scratch, year, draw)


@inlined
def start(plan, scratch):
    for c in range(len(plan.income)):
        scratch.score[c] = plan.score[c]
        scratch.income[c] = plan.income[c]
        scratch.effort[c] = 0.5
        scratch.stock[c] = plan.stock[c]
        scratch.level_a[c], scratch.level_b[c] = plan.levels[0, c], plan.levels[1, c]
        scratch.own_income[c] = plan.income[c] - plan.rents[0, c] * plan.stock[c] * plan.levels[0, c]
    for stream in range(len(plan.pools)):
        scratch.waiting[stream] = 0
        for c in range(len(plan.income)):
            scratch.references[stream, c] = plan.previous[stream, c]
            scratch.pipeline[stream, c] = plan.pipeline[stream, c]
            scratch.carried[stream, c] = 0


@compiled
def run(plan, scratch, first, count):
    for draw in range(first, first + count):
        start(plan, scratch)
        for year in range(len(plan.people)):
            run_year(plan, scratch, year, draw)
        add(scratch.income_sums, scratch.income)
        add(scratch.score_sums, scratch.score)


def make_scratch(plan):
    (streams, counties), years = plan.previous.shape, len(plan.people)
    rows = [np.zeros(counties) for _ in range(15)]
    blocks = [np.zeros((count, counties)) for count in (len(SOURCES), streams, streams, streams, 8)]
    sums = [np.zeros((years, counties)), np.zeros(counties), np.zeros(counties)]
    return Scratch(*rows, *blocks, np.zeros(streams), *sums)


def load(path):
    """Also compiles."""
    given = read_input(path)
    plan = Plan(
        given.codes, given.people, parts(given.need), parts(given.area), 0.05 / given.people, given.weights,
        given.pools, given.income, given.score, given.stock, given.speed, given.staff, given.levels,
        100 * given.pipeline, given.previous, given.key, given.first_year,
    )
    run(plan, make_scratch(plan), 0, 1)
    return plan


if __name__ == "__main__":
    serve(Model(load, run, make_scratch, 1.0))
