// The benchmark's model (MODEL.md) by hand, as fast as its writer could make it: eight draws side by side
// in the lanes of one vector, everything that the data fix worked out before the draws, rules and numbers
// in the code.
//
// g++ -O3 -march=native -std=c++20 -ffp-contract=fast -fno-math-errno -pthread ensemble.cpp

#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <utility>

#include "ensemble_input.hpp"
#include "ensemble_noise.hpp"
#include "ensemble_program.hpp"

namespace {

using namespace ensemble;

// What a stream's year comes to, for eight draws.
struct StreamYear {
  Doubles level, unallocated;
  Doubles factor[4];         // f = factor a, by grade
  Doubles stepToA, stepToB;  // gain above less gain below a cut-off, as parts of a
};

// s = base + people (constant + rise score − fall income).
struct ShareRule {
  Doubles constant, rise, fall;
};

constexpr double cap = 1.2, scoreUnit = 1e-6;
constexpr double cutA = 90e6, cutB = 80e6, cutC = 60e6;  // scores are kept in their units

constexpr double beyondCaps = 1e300;  // a level that no county's cap lets it reach

// Sums over counties at a level: a = min(1.2 ā, max(floor ā, level s)). Passed by value, so that the
// compiler keeps it in registers while amounts are written.
struct Probe {
  Doubles level, floor;  // floor 0.9 or less
  Doubles placed{}, freeShare{}, ofA{}, ofB{}, ofC{};

  INLINE Doubles add(Doubles share, Doubles reference) {
    const Doubles wanted = level * share;
    const Doubles amount = clipped(wanted, floor * reference, cap * reference);
    placed += amount;
    freeShare = amount == wanted ? freeShare + share : freeShare;
    return amount;
  }

  // By last year's grade.
  INLINE void addGraded(Doubles amount, Doubles score) {
    const Mask isA = score >= cutA, isB = score >= cutB, isC = score >= cutC;
    ofA = isA ? ofA + amount : ofA;
    ofB = isB & ~isA ? ofB + amount : ofB;
    ofC = isC & ~isB ? ofC + amount : ofC;
  }
};

// A block of eight draws at a time, in memory of its own.
template <int Streams> class Worker {
public:
  Sums sums;

  // Also finds where Newton had better start: from the levels of the first draws.
  static Plan<Streams> makePlan(Input given) {
    Plan<Streams> plan(std::move(given));
    Worker worker(plan);
    worker.start(0);
    for (int year = 0; year < plan.input.yearCount; ++year) {
      worker.runYear(year);
      plan.guess[year] = worker.relativeLevels();
    }
    return plan;
  }

  explicit Worker(const Plan<Streams> &plan)
      : sums(plan.input.yearCount, plan.input.countyCount), plan(plan), input(plan.input),
        count(input.countyCount), noise(input.seed),
        memory(std::make_unique<Doubles[]>(padded() * (4 + Streams))),
        states(std::make_unique<State[]>(padded())),
        normals(std::make_unique<Normals[]>(count)) {
    Doubles *next = memory.get();
    for (auto *one : {&score, &income, &share, &spare}) *one = next, next += padded();
    for (auto &one : reference) one = next, next += padded();
  }

  void run(std::uint64_t first, std::uint64_t drawCount) {
    for (std::uint64_t draw = first; draw < first + drawCount; draw += laneCount) {
      start(draw);
      for (int year = 0; year < input.yearCount; ++year) runYear(year);
      for (int c = 0; c < count; ++c) {
        sums.income[c] += sum(income[c]);
        sums.score[c] += sum(score[c]) * scoreUnit;
      }
    }
  }

  void start(std::uint64_t draw) {
    noise.startDraws(draw);
    topIncome = incomeSum = scoreSum = Doubles{};
    for (int c = 0; c < count; ++c) startCounty(c);
    for (int j = 0; j < Streams; ++j) {
      waiting[j] = Doubles{}, referenceSum[j] = repeat(plan.previousSum[j]);
      for (int c = 0; c < count; ++c) reference[j][c] = repeat(input.previous[j * count + c]);
    }
  }

  void runYear(int year) {
    for (int stream = 0; stream < Streams; ++stream) allocate(year, stream);
    drawNoise(year);
    advance(year);
  }

  // The levels of the year that was run last as parts of what was placed, means over the draws.
  std::array<double, Streams> relativeLevels() const {
    std::array<double, Streams> parts;
    for (int j = 0; j < Streams; ++j) {
      const Doubles level = streams[j].level;
      const Mask isFound = (level > 0) & (level < beyondCaps);
      parts[j] = sum(isFound ? level / referenceSum[j] : repeat(1)) / laneCount;
    }
    return parts;
  }

private:
  // What only the county itself reads: side by side, because memory then comes in one stream.
  struct State {
    Doubles effort, ownIncome, stock, levelA, levelB;
    Doubles deepening;  // K as a multiple of K at the start: every stream's grows alike
    Doubles carried[Streams];
  };
  typedef Doubles Normals[sourceCount];

  const Plan<Streams> &plan;
  const Input &input;
  const int count;
  Noise noise;
  std::unique_ptr<Doubles[]> memory;
  std::unique_ptr<State[]> states;
  std::unique_ptr<Normals[]> normals;
  Doubles *score, *income, *share, *spare, *reference[Streams];
  StreamYear streams[Streams];
  Doubles waiting[Streams], referenceSum[Streams];
  // What the factors need of all counties, gathered in the pass of the year before.
  Doubles topIncome, incomeSum, scoreSum;

  static constexpr int lead = 3;  // counties between a fetch from memory and its use

  std::size_t padded() const { return std::size_t(count) + lead; }

  void startCounty(int c) {
    const Fixed<Streams> &fixed = plan.fixed[c];
    State &state = states[c];
    score[c] = repeat(input.score[c] * 1e6);
    income[c] = repeat(input.income[c]);
    state = State{};
    state.effort = repeat(0.5);
    state.stock = repeat(input.stock[c]);
    state.levelA = repeat(input.level[c]), state.levelB = repeat(input.level[count + c]);
    state.ownIncome = income[c] - fixed.rent * state.stock * state.levelA;
    state.deepening = repeat(1);
    gather(c, fixed.people);
  }

  INLINE void gather(int county, double people) {
    topIncome = greatest(topIncome, income[county]);
    incomeSum += income[county] * people;
    scoreSum += score[county] * people;
  }

  void allocate(int year, int j) {
    const double *weight = &input.weight[j * 4];
    ShareRule rule;
    rule.rise = weight[3] / scoreSum;
    rule.fall = weight[2] / (topIncome * plan.peopleSum[year] - incomeSum);
    rule.constant = rule.fall * topIncome;
    const Doubles pool = input.pool[j] * plan.growth[year] + waiting[j];
    const Doubles reserve = 0.05 * pool, base = pool - reserve;
    const Doubles floors = 0.9 * referenceSum[j], caps = cap * referenceSum[j];
    // A level of 0 or beyond all caps, where floors or caps settle the matter, so that no county
    // asks for it. Shares sum to 1, and ā to what was placed.
    const Doubles placed = least(base, caps);
    const Doubles level = base > caps ? repeat(beyondCaps) : plan.guess[year][j] * base;
    const Doubles floor = floors >= base ? base / referenceSum[j] : repeat(0.9);
    const Probe probe = findLevel(year, j, rule, {floors >= base ? Doubles{} : level, floor}, placed);
    setFactors(streams[j], reserve, probe);
    streams[j].level = probe.level;
    streams[j].unallocated = base - placed;
    referenceSum[j] = placed;
  }

  // Newton on Σ a(λ), which is piecewise linear: exact once from the right piece. The bracket makes
  // it end whatever the data.
  Probe findLevel(int year, int j, ShareRule rule, Probe probe, Doubles target) {
    probe = shareOut(year, j, rule, probe);
    Doubles low{}, high = repeat(INFINITY);
    for (int pass = 0; pass < 200; ++pass) {
      probe = place(j, Probe{nextLevel(probe, target, low, high), probe.floor});
      if (holdsForAll(isPlaced(probe, target))) break;
    }
    std::swap(spare, reference[j]);
    return probe;
  }

  // The shares, and what is placed at a first level.
  Probe shareOut(int year, int j, ShareRule rule, Probe probe) {
    const Fixed<Streams> *fixed = &plan.fixed[std::size_t(year) * count];
    const Doubles *scores = score, *incomes = income, *before = reference[j];
    Doubles *shares = share;
    for (int c = 0, end = count; c < end; ++c) {
      const Doubles perPerson = rule.constant + rule.rise * scores[c] - rule.fall * incomes[c];
      const Doubles one = fixed[c].base[j] + fixed[c].people * perPerson;
      shares[c] = one;
      probe.add(one, before[c]);
    }
    return probe;
  }

  // A later pass also sums by grade, in the hope that it is the last: it mostly is. Its amounts go
  // into the spare array, which then takes the place of the reference.
  Probe place(int j, Probe probe) {
    const Doubles *scores = score, *shares = share, *before = reference[j];
    Doubles *amounts = spare;
    for (int c = 0, end = count; c < end; ++c) {
      const Doubles one = probe.add(shares[c], before[c]);
      amounts[c] = one;
      probe.addGraded(one, scores[c]);
    }
    return probe;
  }

  static INLINE Mask isPlaced(const Probe &probe, Doubles target) {
    return magnitude(target - probe.placed) <= 1e-13 * target;
  }

  static Doubles nextLevel(const Probe &probe, Doubles target, Doubles &low, Doubles &high) {
    const Mask isBelow = probe.placed < target;
    low = isBelow ? probe.level : low;
    high = isBelow ? high : probe.level;
    const Doubles step = probe.level + (target - probe.placed) / probe.freeShare;
    const Doubles middle = high == INFINITY ? low + low : 0.5 * (low + high);
    const Doubles next = ((step > low) & (step < high)) ? step : middle;
    return isPlaced(probe, target) ? probe.level : next;
  }

  // Rewards are in proportion to a within a grade, so that their level needs the sums only.
  static void setFactors(StreamYear &one, Doubles reserve, const Probe &probe) {
    const Doubles none{}, most = repeat(0.25);
    const Doubles ofD = probe.placed - probe.ofA - probe.ofB - probe.ofC;
    const Doubles deducted = 0.02 * probe.ofC + 0.10 * ofD;
    const Doubles rewards = reserve + deducted, units = probe.ofA + 0.3 * probe.ofB;
    const Doubles perUnit = units > none ? rewards / units : none;
    const Doubles rewardA = least(perUnit, most), uncappedB = least(0.3 * perUnit, most);
    const Doubles leftForB = least((rewards - most * probe.ofA) / probe.ofB, most);
    const Doubles rewardB = perUnit > most ? leftForB : uncappedB;
    const Doubles paidB = probe.ofB > none ? rewardB * probe.ofB : none;
    const Doubles rest = rewards - rewardA * probe.ofA - paidB;
    const Doubles kept = 1 + rest / (probe.placed - deducted);
    one.factor[0] = kept + rewardA;
    one.factor[1] = kept + rewardB;
    one.factor[2] = 0.98 * kept;
    one.factor[3] = 0.90 * kept;
    one.stepToA = rewardA - uncappedB;
    one.stepToB = uncappedB + 0.02;
  }

  // What a county's streams add up to in a year.
  struct Totals {
    Doubles amount{}, base{}, stepToA{}, stepToB{}, available{}, spent{};
  };

  // Apart from the rest: the processor overlaps one county's chain of rounds with the next one's.
  void drawNoise(int year) {
    noise.startYear(input.firstYear + std::uint32_t(year));
    for (int c = 0; c < count; ++c) noise.draw(plan.fixed[c].code, normals[c]);
  }

  void advance(int year) {
    topIncome = incomeSum = scoreSum = Doubles{};
    for (int j = 0; j < Streams; ++j) waiting[j] = streams[j].unallocated;
    const Fixed<Streams> *fixed = &plan.fixed[std::size_t(year) * count];
    double *amounts = &sums.amount[std::size_t(year) * count];
    for (int c = 0; c < count; ++c) {
      fetch(c + lead);
      Totals totals;
#pragma GCC unroll 6
      for (int j = 0; j < Streams; ++j) spend(fixed[c], c, j, totals);
      amounts[c] += sum(totals.amount);
      respond(fixed[c], c, totals);
      gather(c, fixed[c].nextPeople);
    }
  }

  // With thousands of counties the state is larger than the near caches.
  INLINE void fetch(int c) const {
    const Doubles *state = &states[c].effort;
    for (int part = 0; part < int(sizeof(State) / sizeof(Doubles)); ++part)
      __builtin_prefetch(state + part, 1);
    for (int j = 0; j < Streams; ++j) __builtin_prefetch(&reference[j][c]);
  }

  INLINE void spend(const Fixed<Streams> &fixed, int c, int j, Totals &totals) {
    const StreamYear &one = streams[j];
    State &state = states[c];
    const Doubles base = reference[j][c], old = state.carried[j];
    const Doubles ofCOrD = score[c] >= cutC ? one.factor[2] : one.factor[3];
    const Doubles belowA = score[c] >= cutB ? one.factor[1] : ofCOrD;
    const Doubles amount = base * (score[c] >= cutA ? one.factor[0] : belowA);
    const Doubles available = amount + old, ready = fixed.pipeline[j] * state.deepening;
    const Doubles executed = fixed.speed * available * ready / (available + ready);
    const Doubles spent = least(available, executed), usedOld = least(old, spent);
    state.carried[j] = amount - (spent - usedOld);
    waiting[j] += old - usedOld;
    totals.amount += amount;
    totals.base += base;
    totals.stepToA += base * one.stepToA;
    totals.stepToB += base * one.stepToB;
    totals.available += available;
    totals.spent += spent;
  }

  // ¾ max(0, 1 − ((S − γ)/10)²)/10.
  static INLINE Doubles nearness(Doubles score, double cut) {
    const Doubles distance = (score - cut) * (scoreUnit / 10);
    return 0.075 * greatest(1 - distance * distance, Doubles{});
  }

  INLINE void respond(const Fixed<Streams> &fixed, int c, const Totals &totals) {
    State &state = states[c];
    const Normals &normal = normals[c];
    const Doubles old = score[c];
    // From D to C every county gains the same part of its money: no sum needed.
    const Doubles steps = nearness(old, cutA) * totals.stepToA + nearness(old, cutB) * totals.stepToB;
    const Doubles incentive = 10 * (steps / totals.base + 0.08 * nearness(old, cutC));
    const Doubles effort = fraction(0.6 * state.effort + 0.2 + fixed.response * incentive);
    const Doubles pull = 0.12 * (effort - 0.5);
    const Doubles a = fraction(0.7 * state.levelA + fixed.pullA + pull + 0.03 * normal[levelASource]);
    const Doubles b = fraction(0.7 * state.levelB + fixed.pullB + pull + 0.03 * normal[levelBSource]);
    const Doubles stock = 0.92 * state.stock + 0.006 * totals.spent;
    const Doubles ownIncome = state.ownIncome * (1.06 + 0.01 * normal[incomeSource]);
    state.effort = effort, state.levelA = a, state.levelB = b;
    state.stock = stock, state.ownIncome = ownIncome;
    state.deepening *= greatest(1.01 + 0.5 * (effort - 0.5), Doubles{});
    income[c] = ownIncome + fixed.rent * stock * a;
    const Doubles execution = fraction((totals.spent / totals.available - 0.5) * 2.5);
    const Doubles exact = 25e6 * (a + b) + 50e6 * execution + 2e6 * normal[scoreSource];
    score[c] = roundedDown(clipped(exact, Doubles{}, repeat(100e6)) + 0.5);
  }
};

}  // namespace

int main() { ensemble::serve<Worker>(); }
