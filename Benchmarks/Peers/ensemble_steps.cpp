// The benchmark's model (MODEL.md) step by step: every step that a general engine carries out for each county,
// stream and year, with this model's rules and numbers in the code. Eight draws side by side in the lanes of
// one vector, arrays by county.
//
// g++ -O3 -march=native -std=c++20 -ffp-contract=fast -fno-math-errno -pthread ensemble_steps.cpp

#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "ensemble_input.hpp"
#include "ensemble_noise.hpp"
#include "ensemble_program.hpp"

namespace {

using namespace ensemble;

constexpr int gradeCount = 4;  // A to D
constexpr std::array<double, gradeCount> rewardUnits = {1, 0.3, 0, 0}, deductions = {0, 0, 0.02, 0.10};
constexpr std::array<double, gradeCount - 1> cuts = {90, 80, 60};
constexpr double rewardCap = 0.25;
constexpr double beyondCaps = 1e300;  // a level that no county's cap lets it reach

// The input, and what follows from it without a draw, [year][county].
struct StepPlan {
  Input input;
  std::vector<double> need, area;  // the two factors that no draw changes, as parts of their sums
  std::vector<double> rent;        // 0.05 / people
  std::vector<std::uint64_t> code;

  explicit StepPlan(Input given) : input(std::move(given)), code(input.code.begin(), input.code.end()) {
    for (int year = 0; year < input.yearCount; ++year) {
      addParts(need, &input.need[year * input.countyCount]);
      addParts(area, &input.area[year * input.countyCount]);
    }
    for (double people : input.people) rent.push_back(0.05 / people);
  }

  void addParts(std::vector<double> &parts, const double *values) const {
    const double sum = total(values, input.countyCount);
    for (int c = 0; c < input.countyCount; ++c) parts.push_back(values[c] / sum);
  }
};

// What is placed at a level, Σ min(cap, max(floor, level · share)), and the shares that no bound holds.
struct Placed {
  Doubles amount{}, freeShare{};

  INLINE void add(Doubles level, Doubles share, Doubles floor, Doubles cap) {
    const Doubles wanted = level * share, one = clipped(wanted, floor, cap);
    amount += one;
    freeShare = one == wanted ? freeShare + share : freeShare;
  }
};

// The level between two others at which a target is reached.
struct Bracket {
  Doubles target, low{}, high = repeat(INFINITY);

  INLINE Mask isReached(const Placed &placed) const {
    return magnitude(target - placed.amount) <= 1e-13 * target;
  }

  // A step of Newton, or the middle where the step leaves the bracket.
  INLINE Doubles next(Doubles level, const Placed &placed) {
    const Mask isBelow = placed.amount < target;
    low = isBelow ? level : low;
    high = isBelow ? high : level;
    const Doubles step = level + (target - placed.amount) / placed.freeShare;
    const Doubles middle = high == INFINITY ? low + low : 0.5 * (low + high);
    return ((step > low) & (step < high)) ? step : middle;
  }
};

// What a stream's year comes to besides its amounts.
struct StreamYear {
  Doubles unallocated;
  Doubles perUnit;   // R / Σ n
  Doubles leftOver;  // what nobody can take, as a part of Σ (a − D)
};

// What a county's streams add up to in a year.
struct Totals {
  Doubles amount{}, base{}, gain[gradeCount]{}, available{}, spent{};
};

// A block of eight draws at a time, in memory of its own.
template <int Streams> class Worker {
public:
  Sums sums;

  static StepPlan makePlan(Input input) { return StepPlan(std::move(input)); }

  explicit Worker(const StepPlan &plan)
      : sums(plan.input.yearCount, plan.input.countyCount), plan(plan), input(plan.input),
        count(input.countyCount), noise(input.seed),
        memory(std::make_unique<Doubles[]>(std::size_t(count) * (14 + 4 * Streams))),
        normals(std::make_unique<Normals[]>(count)) {
    Doubles *next = memory.get();
    for (auto *one : {&score, &income, &effort, &ownIncome, &stock, &levelA, &levelB, &lowIncome, &performance,
                      &unitRate, &deductionRate, &share, &lower, &upper})
      *one = next, next += count;
    for (auto *group : {&reference, &reward, &carried, &pipeline})
      for (auto &one : *group) one = next, next += count;
  }

  void run(std::uint64_t first, std::uint64_t drawCount) {
    for (std::uint64_t draw = first; draw < first + drawCount; draw += laneCount) {
      start(draw);
      for (int year = 0; year < input.yearCount; ++year) runYear(year);
      for (int c = 0; c < count; ++c) sums.income[c] += sum(income[c]), sums.score[c] += sum(score[c]);
    }
  }

private:
  typedef Doubles Normals[sourceCount];

  const StepPlan &plan;
  const Input &input;
  const int count;
  Noise noise;
  std::unique_ptr<Doubles[]> memory;
  std::unique_ptr<Normals[]> normals;
  Doubles *score, *income, *effort, *ownIncome, *stock, *levelA, *levelB;
  Doubles *lowIncome, *performance, *unitRate, *deductionRate;  // of the year, by county
  // Of the stream at work; once the amounts are there the caps give way to the caps of the rewards.
  Doubles *share, *lower, *upper;
  // Last year's amounts, then this year's; units, then their parts of the sum, then rewards.
  std::array<Doubles *, Streams> reference, reward;
  std::array<Doubles *, Streams> carried, pipeline;
  std::array<StreamYear, Streams> streams;
  std::array<Doubles, Streams> waiting;
  std::array<double, Streams> pool;
  Doubles lowIncomeSum, performanceSum;

  void start(std::uint64_t draw) {
    noise.startDraws(draw);
    for (int c = 0; c < count; ++c) {
      score[c] = repeat(input.score[c]), income[c] = repeat(input.income[c]);
      effort[c] = repeat(0.5), stock[c] = repeat(input.stock[c]);
      levelA[c] = repeat(input.level[c]), levelB[c] = repeat(input.level[count + c]);
      ownIncome[c] = income[c] - plan.rent[c] * stock[c] * levelA[c];
    }
    for (int j = 0; j < Streams; ++j) startStream(j);
  }

  void startStream(int j) {
    waiting[j] = Doubles{}, pool[j] = input.pool[j];
    for (int c = 0; c < count; ++c) {
      reference[j][c] = repeat(input.previous[j * count + c]);
      pipeline[j][c] = repeat(100 * input.pipeline[j * count + c]);  // fen
      carried[j][c] = Doubles{};
    }
  }

  void runYear(int year) {
    setColumns(&input.people[std::size_t(year) * count]);
    for (int j = 0; j < Streams; ++j) {
      if (year > 0) pool[j] *= 1.02;
      allocate(year, j);
    }
    drawNoise(year);
    advance(year);
  }

  // The two factors that draws change, and the rates of each county's grade.
  void setColumns(const double *people) {
    Doubles top{};
    for (int c = 0; c < count; ++c) top = greatest(top, income[c]);
    lowIncomeSum = performanceSum = Doubles{};
    for (int c = 0; c < count; ++c) {
      lowIncome[c] = greatest(top - income[c], Doubles{}) * people[c];
      performance[c] = score[c] * people[c];
      lowIncomeSum += lowIncome[c], performanceSum += performance[c];
      unitRate[c] = ofGrade(score[c], rewardUnits);
      deductionRate[c] = ofGrade(score[c], deductions);
    }
  }

  static INLINE Doubles ofGrade(Doubles score, const std::array<double, gradeCount> &values) {
    Doubles result = repeat(values[gradeCount - 1]);
    for (int grade = gradeCount - 2; grade >= 0; --grade)
      result = score >= cuts[grade] ? repeat(values[grade]) : result;
    return result;
  }

  void allocate(int year, int j) {
    const Doubles available = pool[j] + waiting[j];
    const Doubles reserve = 0.05 * available, base = available - reserve;
    const Outline outline = setShares(year, j);
    const Mask isFloored = outline.lower >= base, isCapped = outline.upper < base;
    const Doubles found = findLevel<true>(share, base / outline.share, base, isFloored | isCapped);
    const Doubles level = isFloored ? Doubles{} : isCapped ? repeat(beyondCaps) : found;
    const Doubles floorPart = isFloored ? base / outline.lower : repeat(1);
    streams[j].unallocated = isCapped ? base - outline.upper : Doubles{};
    const Graded graded = setAmounts(j, level, floorPart);
    payRewards(j, reserve + graded.deducted, graded.units);
  }

  struct Outline {
    Doubles share{}, lower{}, upper{};
  };

  // Shares and bounds, and their sums.
  Outline setShares(int year, int j) {
    const double *need = &plan.need[std::size_t(year) * count], *area = &plan.area[std::size_t(year) * count];
    const double *weight = &input.weight[j * 4];
    const double needWeight = weight[0], areaWeight = weight[1];
    const Doubles lowIncomeWeight = weight[2] / lowIncomeSum, performanceWeight = weight[3] / performanceSum;
    const Doubles *low = lowIncome, *performed = performance, *before = reference[j];
    Doubles *shares = share, *floors = lower, *caps = upper;
    Outline outline;
    for (int c = 0, end = count; c < end; ++c) {
      const Doubles fixed = repeat(needWeight * need[c] + areaWeight * area[c]);
      const Doubles one = fixed + lowIncomeWeight * low[c] + performanceWeight * performed[c];
      const Doubles floor = 0.9 * before[c], cap = 1.2 * before[c];
      shares[c] = one, floors[c] = floor, caps[c] = cap;
      outline.share += one, outline.lower += floor, outline.upper += cap;
    }
    return outline;
  }

  // Newton on Σ a(λ), which is piecewise linear: exact once from the right piece. The bracket makes
  // it end whatever the data. Without floors they are 0.
  template <bool HasFloors>
  Doubles findLevel(const Doubles *shares, Doubles level, Doubles target, Mask isSettled) const {
    const Doubles *floors = lower, *caps = upper;
    Bracket bracket{target};
    for (int pass = 0; pass < 200 && !holdsForAll(isSettled); ++pass) {
      // Two sums side by side, lest every addition wait for the one before.
      Placed placed, other;
      const int even = count & ~1;
      for (int c = 0; c < even; c += 2) {
        placed.add(level, shares[c], HasFloors ? floors[c] : Doubles{}, caps[c]);
        other.add(level, shares[c + 1], HasFloors ? floors[c + 1] : Doubles{}, caps[c + 1]);
      }
      for (int c = even; c < count; ++c)
        placed.add(level, shares[c], HasFloors ? floors[c] : Doubles{}, caps[c]);
      placed.amount += other.amount, placed.freeShare += other.freeShare;
      isSettled |= bracket.isReached(placed);
      level = isSettled ? level : bracket.next(level, placed);
    }
    return level;
  }

  struct Graded {
    Doubles deducted{}, units{};
  };

  // Amounts, deductions, units, and the caps of the rewards.
  Graded setAmounts(int j, Doubles level, Doubles floorPart) {
    const Doubles *shares = share, *floors = lower, *units = unitRate, *deducted = deductionRate;
    Doubles *caps = upper, *amounts = reference[j], *rewards = reward[j];
    Graded graded;
    for (int c = 0, end = count; c < end; ++c) {
      const Doubles amount = clipped(level * shares[c], floorPart * floors[c], caps[c]);
      const Doubles unit = units[c] * amount;
      amounts[c] = amount, rewards[c] = unit, caps[c] = rewardCap * amount;
      graded.deducted += deducted[c] * amount, graded.units += unit;
    }
    return graded;
  }

  void payRewards(int j, Doubles rewards, Doubles units) {
    const Mask hasUnits = units > Doubles{};
    const Doubles part = hasUnits ? 1 / units : Doubles{};
    streams[j].perUnit = rewards * part;
    const Placed most = setRewardShares(j, part);
    const Mask isCapped = most.amount < rewards;
    const Doubles found = findLevel<false>(reward[j], rewards / most.freeShare, rewards, ~hasUnits | isCapped);
    const Doubles level = hasUnits ? (isCapped ? repeat(beyondCaps) : found) : Doubles{};
    const Paid paid = setRewards(j, level);
    streams[j].leftOver = (rewards - paid.reward) / paid.kept;
  }

  // Units as parts of their sum; the sum of these, and of the caps of counties that have any.
  Placed setRewardShares(int j, Doubles part) {
    const Doubles *caps = upper;
    Doubles *shares = reward[j];
    Placed most;
    for (int c = 0, end = count; c < end; ++c) {
      const Doubles one = part * shares[c];
      shares[c] = one;
      most.freeShare += one;
      most.amount = one > Doubles{} ? most.amount + caps[c] : most.amount;
    }
    return most;
  }

  struct Paid {
    Doubles reward{}, kept{};
  };

  Paid setRewards(int j, Doubles level) {
    const Doubles *caps = upper, *amounts = reference[j], *deducted = deductionRate;
    Doubles *rewards = reward[j];
    Paid paid;
    for (int c = 0, end = count; c < end; ++c) {
      const Doubles one = clipped(level * rewards[c], Doubles{}, caps[c]);
      rewards[c] = one;
      paid.reward += one, paid.kept += amounts[c] - deducted[c] * amounts[c];
    }
    return paid;
  }

  // Apart from the rest: the processor overlaps one county's chain of rounds with the next one's.
  void drawNoise(int year) {
    noise.startYear(input.firstYear + std::uint32_t(year));
    for (int c = 0; c < count; ++c) noise.draw(plan.code[c], normals[c]);
  }

  void advance(int year) {
    double *amounts = &sums.amount[std::size_t(year) * count];
    const double *rent = &plan.rent[std::size_t(year) * count];
    for (int j = 0; j < Streams; ++j) waiting[j] = streams[j].unallocated;
    for (int c = 0; c < count; ++c) {
      Totals totals;
#pragma GCC unroll 6
      for (int j = 0; j < Streams; ++j) spend(c, j, totals);
      amounts[c] += sum(totals.amount);
      respond(c, totals);
      moveLevels(c);
      earn(c, rent[c], totals.spent);
      assess(c, totals.spent / totals.available);
    }
  }

  // Final amounts and what each grade would gain, spending, money carried and recovered.
  INLINE void spend(int c, int j, Totals &totals) {
    const StreamYear &one = streams[j];
    const Doubles base = reference[j][c], old = carried[j][c];
    const Doubles kept = base - deductionRate[c] * base;
    const Doubles amount = kept + reward[j][c] + one.leftOver * kept;
    addGains(base, one.perUnit, totals.gain);
    const Doubles available = amount + old, ready = pipeline[j][c];
    const Doubles executed = input.speed[c] * available * ready / (available + ready);
    const Doubles spent = least(available, executed), usedOld = least(old, spent);
    carried[j][c] = amount - (spent - usedOld);
    waiting[j] += old - usedOld;
    totals.amount += amount, totals.base += base;
    totals.available += available, totals.spent += spent;
  }

  // What each grade would gain; terms that the law sets to 0 are left out.
  static INLINE void addGains(Doubles base, Doubles perUnit, Doubles (&gain)[gradeCount]) {
    for (int grade = 0; grade < gradeCount; ++grade) {
      if (rewardUnits[grade] > 0)
        gain[grade] += least(perUnit * (rewardUnits[grade] * base), rewardCap * base);
      if (deductions[grade] > 0) gain[grade] -= deductions[grade] * base;
    }
  }

  // The incentive over the three cut-offs, effort, and every stream's pipeline.
  INLINE void respond(int c, const Totals &totals) {
    Doubles stakes{};
    for (int cut = 0; cut < gradeCount - 1; ++cut) {
      const Doubles distance = (score[c] - cuts[cut]) * 0.1;
      const Doubles nearness = 0.075 * greatest(1 - distance * distance, Doubles{});
      stakes += (totals.gain[cut] - totals.gain[cut + 1]) / totals.base * nearness;
    }
    const Doubles drive = 0.5 + 4 * (10 * stakes) * input.staff[c];
    effort[c] = fraction(effort[c] + 0.4 * (drive - effort[c]));
    for (int j = 0; j < Streams; ++j)
      pipeline[j][c] = greatest(pipeline[j][c] * (1 + 0.01 + 0.5 * (effort[c] - 0.5)), Doubles{});
  }

  INLINE void moveLevels(int c) {
    const Doubles push = 0.4 * (effort[c] - 0.5);
    const Doubles a = levelA[c], b = levelB[c];
    levelA[c] = fraction(a + 0.3 * (input.level[c] + push - a) + 0.03 * normals[c][levelASource]);
    levelB[c] = fraction(b + 0.3 * (input.level[count + c] + push - b) + 0.03 * normals[c][levelBSource]);
  }

  INLINE void earn(int c, double rent, Doubles spent) {
    stock[c] = 0.92 * stock[c] + 0.6 * (spent * 0.01);
    ownIncome[c] *= 1 + 0.06 + 0.01 * normals[c][incomeSource];
    income[c] = ownIncome[c] + rent * stock[c] * levelA[c];
  }

  INLINE void assess(int c, Doubles rate) {
    const Doubles execution = fraction((rate - 0.5) * 2.5);
    const Doubles exact = 25 * levelA[c] + 25 * levelB[c] + 50 * execution + 2 * normals[c][scoreSource];
    score[c] = roundedDown(clipped(exact, Doubles{}, repeat(100)) * 1e6 + 0.5) / 1e6;
  }
};

}  // namespace

int main() { ensemble::serve<Worker>(); }
