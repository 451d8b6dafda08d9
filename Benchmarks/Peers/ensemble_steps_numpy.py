"""The benchmark's model (MODEL.md) step by step in NumPy: a batch of draws at a time, counties by draws.

Every step that a general engine carries out for each county, stream and year, with this model's rules and
numbers in the code. Noise, input and commands are those of ensemble_numpy.py, whose model is derived instead:
`answer` uses the model's own noise, `time` takes NumPy's own normals, which cost less.
"""

import numpy as np

from ensemble_numpy import BEYOND_CAPS, INCOME, LEVEL_A, LEVEL_B, SCORE, Model, Plan, filled, serve

# Counties times draws in a batch, for the near caches; with fewer draws than that rows are too short.
BATCH_CELLS, LEAST_DRAWS = 24576, 128
CUTS, REWARD_UNITS, DEDUCTIONS = (90, 80, 60), (1, 0.3, 0, 0), (0, 0, 0.02, 0.10)
# What a county's streams add up to.
TOTALS = "amount total available spent gain_a gain_b gain_c gain_d".split()
NAMES = (
    "score income own_income effort stock level_a level_b low_income performance unit_rate deduction_rate "
    "share lower upper reward one two three"
).split()


class Batch:
    """So many draws side by side."""

    def __init__(self, plan, draws):
        self.plan, self.draws = plan, draws
        cells = plan.counties, draws
        for name in NAMES + TOTALS:
            setattr(self, name, filled(cells))
        self.gains = [self.gain_a, self.gain_b, self.gain_c, self.gain_d]
        for name in ("references", "carried", "pipeline"):
            setattr(self, name, [filled(cells) for _ in range(plan.streams)])
        self.normals, self.flags = filled((4, *cells)), filled(cells, bool)

    def run(self, sums, first, noise):
        self.start()
        for year in range(self.plan.years):
            noise(self.normals, first, year)
            self.set_columns(self.plan.people[year])
            for stream in range(self.plan.streams):
                self.allocate(year, stream)
            self.respond()
            self.earn(self.plan.rents[year])
            self.assess()
            sums.amount[year] += self.amount.sum(axis=1)
        sums.income += self.income.sum(axis=1)
        sums.score += self.score.sum(axis=1)

    def start(self):
        plan = self.plan
        for name in "score income stock level_a level_b".split():
            getattr(self, name)[:] = getattr(plan, name)
        self.effort[:] = 0.5
        self.own_income[:] = plan.income - plan.rents[0] * plan.stock * plan.level_a
        for stream in range(plan.streams):
            self.references[stream][:], self.carried[stream][:] = plan.previous[stream], 0
            self.pipeline[stream][:] = plan.pipeline[stream]
        self.waiting = np.zeros((plan.streams, self.draws))

    def set_columns(self, people):
        """The two factors that draws change, and the rates of each county's grade."""
        for name in TOTALS:
            getattr(self, name)[:] = 0
        np.subtract(self.income.max(axis=0), self.income, out=self.low_income)
        np.maximum(self.low_income, 0, out=self.low_income)
        self.low_income *= people
        np.multiply(self.score, people, out=self.performance)
        self.low_income_sum, self.performance_sum = self.low_income.sum(axis=0), self.performance.sum(axis=0)
        self.unit_rate[:], self.deduction_rate[:] = REWARD_UNITS[-1], DEDUCTIONS[-1]
        for grade in (2, 1, 0):
            np.greater_equal(self.score, CUTS[grade], out=self.flags)
            np.copyto(self.unit_rate, REWARD_UNITS[grade], where=self.flags)
            np.copyto(self.deduction_rate, DEDUCTIONS[grade], where=self.flags)

    def allocate(self, year, stream):
        self.set_shares(year, stream)
        pool = self.plan.pools[stream] * 1.02**year + self.waiting[stream]
        reserve = 0.05 * pool
        base = pool - reserve
        lower_sum, upper_sum = self.lower.sum(axis=0), self.upper.sum(axis=0)
        is_floored = lower_sum >= base
        is_capped = ~is_floored & (upper_sum < base)
        level = base / self.share.sum(axis=0)
        level = self.find_level(self.share, self.lower, level, base, is_floored | is_capped)
        level = np.where(is_floored, 0, np.where(is_capped, BEYOND_CAPS, level))
        if is_floored.any():
            self.lower *= np.where(is_floored, base / lower_sum, 1)
        self.set_amounts(stream, level)
        left_over, per_unit = self.pay_rewards(stream, reserve)
        self.spend(stream, left_over, per_unit)
        self.waiting[stream] += np.where(is_capped, base - upper_sum, 0)

    def set_shares(self, year, stream):
        """And bounds."""
        weights, (need, area) = self.plan.weights[stream], self.plan.parts[:, year]
        np.multiply(self.low_income, weights[2] / self.low_income_sum, out=self.share)
        self.share += np.multiply(self.performance, weights[3] / self.performance_sum, out=self.one)
        self.share += weights[0] * need + weights[1] * area
        np.multiply(self.references[stream], 0.9, out=self.lower)
        np.multiply(self.references[stream], 1.2, out=self.upper)

    def find_level(self, share, lower, level, target, is_settled):
        """Newton on the sum of amounts, all draws at once: piecewise linear, so exact once from the right piece."""
        low, high = np.zeros(self.draws), np.full(self.draws, np.inf)
        wanted, amounts = self.one, self.two
        for _ in range(200):
            if is_settled.all():
                break
            np.multiply(share, level, out=wanted)
            np.maximum(wanted, lower, out=amounts)
            np.minimum(amounts, self.upper, out=amounts)
            missing = target - amounts.sum(axis=0)
            is_settled = is_settled | (np.abs(missing) <= 1e-13 * target)
            if is_settled.all():
                break
            np.equal(amounts, wanted, out=self.flags)
            np.multiply(share, self.flags, out=wanted)
            low, high = np.where(missing > 0, level, low), np.where(missing > 0, high, level)
            with np.errstate(divide="ignore", invalid="ignore"):
                step = level + missing / wanted.sum(axis=0)
            middle = np.where(np.isinf(high), 2 * low, 0.5 * (low + high))
            level = np.where(is_settled, level, np.where((step > low) & (step < high), step, middle))
        return level

    def set_amounts(self, stream, level):
        """Amounts, then units and the caps of the rewards."""
        amounts = np.multiply(self.share, level, out=self.references[stream])
        np.maximum(amounts, self.lower, out=amounts)
        np.minimum(amounts, self.upper, out=amounts)
        np.multiply(amounts, self.unit_rate, out=self.reward)
        np.multiply(amounts, 0.25, out=self.upper)

    def pay_rewards(self, stream, reserve):
        """What nobody can take, as a part of amounts less deductions, and the reward of a unit. Leaves amounts
        less deductions in `three`."""
        deducted = np.multiply(self.references[stream], self.deduction_rate, out=self.three)
        rewards, units = reserve + deducted.sum(axis=0), self.reward.sum(axis=0)
        kept = np.subtract(self.references[stream], deducted, out=self.three)
        has_units = units > 0
        part = np.divide(1, units, out=np.zeros(self.draws), where=has_units)
        self.reward *= part
        np.greater(self.reward, 0, out=self.flags)
        is_capped = np.multiply(self.upper, self.flags, out=self.one).sum(axis=0) < rewards
        share_sum = self.reward.sum(axis=0)
        level = np.divide(rewards, share_sum, out=np.zeros(self.draws), where=has_units)
        level = self.find_level(self.reward, 0, level, rewards, is_capped | ~has_units)
        self.reward *= np.where(has_units & is_capped, BEYOND_CAPS, level)
        np.maximum(self.reward, 0, out=self.reward)
        np.minimum(self.reward, self.upper, out=self.reward)
        return (rewards - self.reward.sum(axis=0)) / kept.sum(axis=0), rewards * part

    def add_gains(self, base, per_unit):
        """What each grade would gain; terms that the law sets to 0 are left out. `upper` has the rewards' caps."""
        for gain, units, deduction in zip(self.gains, REWARD_UNITS, DEDUCTIONS):
            if units > 0:
                np.multiply(base, units * per_unit, out=self.one)
                gain += np.minimum(self.one, self.upper, out=self.one)
            if deduction > 0:
                gain -= np.multiply(base, deduction, out=self.one)

    def spend(self, stream, left_over, per_unit):
        """Final amounts, spending, money carried and recovered."""
        base, carried, pipeline = self.references[stream], self.carried[stream], self.pipeline[stream]
        self.total += base
        self.add_gains(base, per_unit)
        kept, available, spent = self.three, self.one, self.two
        amount = np.multiply(kept, left_over, out=self.share)
        amount += kept
        amount += self.reward
        self.amount += amount
        np.add(amount, carried, out=available)
        self.available += available
        np.add(available, pipeline, out=spent)
        np.divide(pipeline, spent, out=spent)
        spent *= available
        spent *= self.plan.speed
        np.minimum(spent, available, out=spent)
        self.spent += spent
        used_old = np.minimum(spent, carried, out=available)
        carried -= used_old
        self.waiting[stream] = carried.sum(axis=0)
        np.subtract(amount, spent, out=carried)
        carried += used_old

    def add_stakes(self, cut):
        """Adds to `one` what a step over a cut-off is worth, times how near it is."""
        nearness = np.subtract(self.score, CUTS[cut], out=self.two)
        nearness *= 0.1
        nearness *= nearness
        np.subtract(1, nearness, out=nearness)
        np.maximum(nearness, 0, out=nearness)
        nearness *= 0.075
        step = np.subtract(self.gains[cut], self.gains[cut + 1], out=self.three)
        step /= self.total
        step *= nearness
        self.one += step

    def respond(self):
        """Effort, every stream's pipeline, levels."""
        plan, effort, push = self.plan, self.effort, self.three
        self.one[:] = 0
        for cut in range(len(CUTS)):
            self.add_stakes(cut)
        self.one *= 4 * 10 * plan.staff
        self.one += 0.5
        self.one -= effort
        self.one *= 0.4
        effort += self.one
        np.clip(effort, 0, 1, out=effort)
        np.subtract(effort, 0.5, out=push)
        growth = np.multiply(push, 0.5, out=self.one)
        growth += 1.01
        for pipeline in self.pipeline:
            pipeline *= growth
            np.maximum(pipeline, 0, out=pipeline)
        push *= 0.4
        for level, mean, source in ((self.level_a, plan.level_a, LEVEL_A), (self.level_b, plan.level_b, LEVEL_B)):
            step = np.add(push, mean, out=self.one)
            step -= level
            step *= 0.3
            level += step
            level += np.multiply(self.normals[source], 0.03, out=self.one)
            np.clip(level, 0, 1, out=level)

    def earn(self, rent):
        growth = np.multiply(self.normals[INCOME], 0.01, out=self.one)
        growth += 1.06
        self.own_income *= growth
        self.stock *= 0.92
        self.stock += np.multiply(self.spent, 0.6 * 0.01, out=self.one)
        np.multiply(self.stock, self.level_a, out=self.income)
        self.income *= rent
        self.income += self.own_income

    def assess(self):
        score = self.score
        np.divide(self.spent, self.available, out=score)
        score -= 0.5
        score *= 2.5
        np.clip(score, 0, 1, out=score)
        score *= 50
        score += np.multiply(self.level_a, 25, out=self.one)
        score += np.multiply(self.level_b, 25, out=self.one)
        score += np.multiply(self.normals[SCORE], 2, out=self.one)
        np.clip(score, 0, 100, out=score)
        score *= 1e6
        score += 0.5
        np.floor(score, out=score)
        score /= 1e6


if __name__ == "__main__":
    serve(Model(Plan, Batch, BATCH_CELLS, LEAST_DRAWS))
