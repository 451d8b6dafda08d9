// The benchmark's model (MODEL.md) by hand: eight draws side by side in the lanes of one vector, so
// that every operation is one instruction for eight draws and the answer of a draw does not depend
// on its neighbours. Hard-coded for this model and its parameters.
//
// g++ -O3 -march=native -std=c++20 -ffp-contract=fast -fno-math-errno -pthread ensemble.cpp

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

namespace {

constexpr int laneCount = 8;
typedef double Doubles __attribute__((vector_size(64)));
typedef std::uint64_t Words __attribute__((vector_size(64)));
typedef std::int64_t Mask __attribute__((vector_size(64)));

#define INLINE inline __attribute__((always_inline))

// ---- What vector extensions lack or compilers do not recognise ----

INLINE Doubles repeat(double value) { return value - Doubles{}; }
INLINE Words repeatWord(std::uint64_t value) { return value + Words{}; }

#ifdef __AVX512F__
INLINE Doubles least(Doubles a, Doubles b) { return (Doubles)_mm512_min_pd((__m512d)a, (__m512d)b); }
INLINE Doubles greatest(Doubles a, Doubles b) { return (Doubles)_mm512_max_pd((__m512d)a, (__m512d)b); }
INLINE Doubles squareRoot(Doubles a) { return (Doubles)_mm512_sqrt_pd((__m512d)a); }
INLINE Words product32(Words a, Words b) { return (Words)_mm512_mul_epu32((__m512i)a, (__m512i)b); }
INLINE double sum(Doubles a) { return _mm512_reduce_add_pd((__m512d)a); }
INLINE Doubles roundedDown(Doubles a) {
  return (Doubles)_mm512_roundscale_pd((__m512d)a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
}
#else
INLINE Doubles least(Doubles a, Doubles b) { return a < b ? a : b; }
INLINE Doubles greatest(Doubles a, Doubles b) { return a > b ? a : b; }
INLINE Doubles squareRoot(Doubles a) {
  for (int lane = 0; lane < laneCount; ++lane) a[lane] = std::sqrt(a[lane]);
  return a;
}
INLINE Words product32(Words a, Words b) { return (a & 0xffffffff) * (b & 0xffffffff); }
INLINE Doubles roundedDown(Doubles a) {
  for (int lane = 0; lane < laneCount; ++lane) a[lane] = std::floor(a[lane]);
  return a;
}
INLINE double sum(Doubles a) {
  return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}
#endif

INLINE Doubles clipped(Doubles value, Doubles low, Doubles high) {
  return least(greatest(value, low), high);
}
INLINE Doubles fraction(Doubles value) { return clipped(value, Doubles{}, repeat(1)); }

INLINE bool holdsForAll(Mask mask) {
  std::int64_t all = -1;
  for (int lane = 0; lane < laneCount; ++lane) all &= mask[lane];
  return all != 0;
}

// ---- The input ----

// What one county's year needs that no draw changes, side by side because it is read together.
template <int Streams> struct Fixed {
  std::array<double, Streams> base;      // share that need and area give
  std::array<double, Streams> pipeline;  // K at the start, fen
  double people, nextPeople, rent;       // rent: 0.05 / people
  double speed, incentive, pullA, pullB;
  std::uint64_t code;
};

struct Input {
  int countyCount, streamCount, yearCount;
  std::uint64_t seed;
  std::uint32_t firstYear;
  std::vector<double> code, people, need, area, income, score, stock, speed, staff, level, pipeline,
      previous, pool, weight;

  explicit Input(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    std::array<std::int64_t, 8> head{};
    file.read(reinterpret_cast<char *>(head.data()), sizeof head);
    if (!file || head[0] != 20240126) fail("not an input of this model");
    countyCount = int(head[1]), streamCount = int(head[2]), yearCount = int(head[3]);
    seed = std::uint64_t(head[4]), firstYear = std::uint32_t(head[5]);
    const std::size_t c = countyCount, j = streamCount, y = yearCount;
    for (auto *one : {&code}) read(file, *one, c);
    for (auto *one : {&people, &need, &area}) read(file, *one, y * c);
    for (auto *one : {&income, &score, &stock, &speed, &staff}) read(file, *one, c);
    read(file, level, 2 * c);
    for (auto *one : {&pipeline, &previous}) read(file, *one, j * c);
    read(file, pool, j);
    read(file, weight, 4 * j);
  }

  [[noreturn]] static void fail(const char *reason) {
    std::fprintf(stderr, "%s\n", reason);
    std::exit(1);
  }

  static void read(std::ifstream &file, std::vector<double> &values, std::size_t count) {
    values.resize(count);
    file.read(reinterpret_cast<char *>(values.data()), std::streamsize(count * sizeof(double)));
    if (!file) fail("the input ends early");
  }
};

double total(const double *values, int count) {
  double result = 0;
  for (int index = 0; index < count; ++index) result += values[index];
  return result;
}

// Everything that the data fix, worked out once.
template <int Streams> struct Plan {
  Input input;
  std::vector<Fixed<Streams>> fixed;  // [year][county]
  std::vector<double> peopleSum, growth;  // [year]
  std::array<double, Streams> previousSum{};
  // A first guess of λ as a part of the pool, [year][stream]: only how soon Newton ends hangs on it.
  std::vector<std::array<double, Streams>> guess;

  explicit Plan(Input given) : input(std::move(given)) {
    guess.assign(input.yearCount, {});
    for (auto &year : guess) year.fill(1);
    for (int stream = 0; stream < Streams; ++stream)
      previousSum[stream] = total(&input.previous[stream * input.countyCount], input.countyCount);
    for (int year = 0; year < input.yearCount; ++year) addYear(year);
  }

  void addYear(int year) {
    const int count = input.countyCount;
    const double *need = &input.need[year * count], *area = &input.area[year * count];
    const double *people = &input.people[year * count];
    const double *nextPeople = year + 1 < input.yearCount ? people + count : people;
    const double needSum = total(need, count), areaSum = total(area, count);
    peopleSum.push_back(total(people, count));
    growth.push_back(year == 0 ? 1 : growth.back() * 1.02);
    for (int county = 0; county < count; ++county) {
      Fixed<Streams> one{};
      for (int stream = 0; stream < Streams; ++stream) {
        const double *weight = &input.weight[stream * 4];
        one.base[stream] = weight[0] * need[county] / needSum + weight[1] * area[county] / areaSum;
        one.pipeline[stream] = 100 * input.pipeline[stream * count + county];
      }
      one.people = people[county], one.nextPeople = nextPeople[county];
      one.rent = 0.05 / people[county];
      one.speed = input.speed[county];
      one.incentive = 0.4 * 4 * input.staff[county];
      one.pullA = 0.3 * input.level[county];
      one.pullB = 0.3 * input.level[count + county];
      one.code = std::uint64_t(input.code[county]);
      fixed.push_back(one);
    }
  }
};

// ---- Noise ----

enum Source { scoreSource, incomeSource, levelASource, levelBSource, sourceCount };
constexpr std::array<std::uint32_t, sourceCount> sourceHash = {3526332565, 2023485534, 1719147589,
                                                               1668814732};
constexpr std::uint64_t multiplier0 = 0xD2511F53, multiplier1 = 0xCD9E8D57;
constexpr int roundCount = 10;

// The number of [1, 2) whose mantissa is the upper 52 of 64 bits.
INLINE Doubles mantissa(Words bits) { return (Doubles)((bits >> 12) | 0x3ff0000000000000); }

// −2 ln u by 2 atanh((m − 1)/(m + 1)), m the mantissa between √½ and √2. Error below 2 units of
// the last place.
INLINE Doubles minusTwiceLog(Doubles u) {
  const Words offset = (Words)u - 0x3fe6a09e667f3bcd;
  const Mask exponent = (Mask)offset >> 52;
  const Doubles m = (Doubles)((Words)u - ((Words)exponent << 52));
  const Doubles s = (m - 1) / (m + 1), z = s * s;
  Doubles p = -0.33675319941360976 * z - 0.3624386886243043;
  p = p * z - 0.4444686909503581;
  p = p * z - 0.5714283204221534;
  p = p * z - 0.8000000012348323;
  p = p * z - 1.3333333333310584;
  p = p * z - 4.000000000000001;
  return s * p - 1.3862943611198906 * __builtin_convertvector(exponent, Doubles);
}

// sin 2πw, |w| ≤ ¼.
INLINE Doubles sineOfTurn(Doubles w) {
  const Doubles z = w * w;
  Doubles p = -0.69250670107207168 * z + 3.817365633469135;
  p = p * z - 15.094506140734291;
  p = p * z + 42.058689953950939;
  p = p * z - 76.705859689628667;
  p = p * z + 81.605249275579766;
  p = p * z - 41.341702240398284;
  p = p * z + 6.2831853071795853;
  return p * w;
}

INLINE Doubles magnitude(Doubles a) { return (Doubles)((Words)a & 0x7fffffffffffffff); }

INLINE Doubles normal(Words first, Words second) {
  const double half = 0x1p-53;
  const Doubles u = mantissa(first) - (1 - half);
  // cos 2πv = sin 2π(|v − ½| − ¼): no further reduction, and one polynomial for the whole turn.
  const Doubles w = magnitude(mantissa(second) - (1.5 - half)) - 0.25;
  return squareRoot(minusTwiceLog(u)) * sineOfTurn(w);
}

// Philox4x32-10 for eight draws. Parts of the counter reach the state one round after the other,
// so that most of the first three rounds hangs on draw, source and year only, or on county and
// year only: that part is worked out once for all counties, or all sources.
class Noise {
public:
  explicit Noise(std::uint64_t seed) {
    std::uint32_t low = std::uint32_t(seed), high = std::uint32_t(seed >> 32);
    for (int round = 0; round < roundCount; ++round, low += 0x9E3779B9, high += 0xBB67AE85)
      keyLow[round] = low, keyHigh[round] = high;
  }

  void startDraws(std::uint64_t first) {
    Words draw = repeatWord(first);
    for (int lane = 0; lane < laneCount; ++lane) draw[lane] += lane;
    const Words product = product32(draw, repeatWord(multiplier0));
    lowOfDraw = product & 0xffffffff;
    for (int source = 0; source < sourceCount; ++source) {
      const Words mixed = (product >> 32) ^ sourceHash[source] ^ keyHigh[0];
      ofDraw[source] = product32(mixed, repeatWord(multiplier1));
    }
  }

  void startYear(std::uint32_t year) {
    const std::uint64_t product = multiplier1 * year;
    highOfYear = (product >> 32) ^ keyLow[0];
    for (int source = 0; source < sourceCount; ++source) {
      const Words mixed = (ofDraw[source] >> 32) ^ (product & 0xffffffff) ^ keyLow[1];
      const Words next = product32(mixed, repeatWord(multiplier0));
      start0[source] = ofDraw[source] ^ keyLow[2];
      start2[source] = (next >> 32) ^ keyHigh[2];
      start3[source] = next;
    }
  }

  // The normals of all sources of a county.
  INLINE void draw(std::uint64_t code, Doubles (&normals)[sourceCount]) const {
    const std::uint64_t ofCounty = multiplier0 * std::uint32_t(highOfYear ^ code);
    const Words mixed = (ofCounty >> 32 ^ keyHigh[1]) ^ lowOfDraw;
    const Words shared = product32(mixed, repeatWord(multiplier1));
    Words w[sourceCount][4];
    for (int source = 0; source < sourceCount; ++source) {
      w[source][0] = (shared >> 32) ^ start0[source];
      w[source][1] = shared;
      w[source][2] = start2[source] ^ (ofCounty & 0xffffffff);
      w[source][3] = start3[source];
    }
#pragma GCC unroll 10
    for (int round = 3; round + 1 < roundCount; ++round)
      for (int source = 0; source < sourceCount; ++source) advance(w[source], round);
    for (int source = 0; source < sourceCount; ++source) normals[source] = last(w[source]);
  }

private:
  INLINE void advance(Words (&w)[4], int round) const {
    const Words a = product32(w[0], repeatWord(multiplier0));
    const Words b = product32(w[2], repeatWord(multiplier1));
    w[0] = (b >> 32) ^ w[1] ^ keyLow[round];
    w[2] = (a >> 32) ^ w[3] ^ keyHigh[round];
    w[1] = b;
    w[3] = a;
  }

  // The last round leaves its words in pairs, as the normal wants them.
  INLINE Doubles last(const Words (&w)[4]) const {
    const Words a = product32(w[0], repeatWord(multiplier0));
    const Words b = product32(w[2], repeatWord(multiplier1));
    const std::uint64_t lastLow = keyLow[roundCount - 1] << 32, lastHigh = keyHigh[roundCount - 1] << 32;
    return normal(b ^ (w[1] << 32) ^ lastLow, a ^ (w[3] << 32) ^ lastHigh);
  }

  std::uint64_t keyLow[roundCount], keyHigh[roundCount];
  Words lowOfDraw, ofDraw[sourceCount];
  std::uint64_t highOfYear;
  Words start0[sourceCount], start2[sourceCount], start3[sourceCount];
};

// ---- The model ----

struct Sums {
  std::vector<double> amount, income, score;  // amount: [year][county]

  Sums(int years, int counties) : amount(years * counties), income(counties), score(counties) {}

  void add(const Sums &other) {
    for (std::size_t i = 0; i < amount.size(); ++i) amount[i] += other.amount[i];
    for (std::size_t i = 0; i < income.size(); ++i) income[i] += other.income[i];
    for (std::size_t i = 0; i < score.size(); ++i) score[i] += other.score[i];
  }
};

// What a stream's year comes to, for eight draws.
struct StreamYear {
  Doubles level, floor;          // a = min(1.2 ā, max(floor ā, level s)), floor 0.9 or less
  Doubles constant, rise, fall;  // s = base + people (constant + rise score − fall income)
  Doubles factor[4];             // f = factor a, by grade
  Doubles stepToA, stepToB;      // gain above less gain below a cut-off, as parts of a
  Doubles unallocated;
};

constexpr double cap = 1.2, scoreUnit = 1e-6;
constexpr double cutA = 90e6, cutB = 80e6, cutC = 60e6;  // scores are kept in their units

// Sums over counties at a level.
struct Probe {
  Doubles placed{}, freeShare{}, ofA{}, ofB{}, ofC{};

  INLINE Doubles add(Doubles share, Doubles reference, const StreamYear &one) {
    const Doubles wanted = one.level * share;
    const Doubles amount = clipped(wanted, one.floor * reference, cap * reference);
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

  explicit Worker(const Plan<Streams> &plan)
      : sums(plan.input.yearCount, plan.input.countyCount), plan(plan), input(plan.input),
        count(input.countyCount), noise(input.seed),
        memory(new Doubles[std::size_t(count) * (10 + 2 * Streams)]) {
    Doubles *next = memory.get();
    for (auto *one : {&score, &income, &ownIncome, &effort, &stock, &levelA, &levelB, &deepening, &share, &spare})
      *one = next, next += count;
    for (int j = 0; j < Streams; ++j) reference[j] = next, next += count;
    for (int j = 0; j < Streams; ++j) carried[j] = next, next += count;
  }

  void run(std::uint64_t first, std::uint64_t drawCount) {
    for (std::uint64_t draw = first; draw < first + drawCount; draw += laneCount) {
      noise.startDraws(draw);
      start();
      for (int year = 0; year < input.yearCount; ++year) {
        noise.startYear(input.firstYear + std::uint32_t(year));
        for (int stream = 0; stream < Streams; ++stream) allocate(year, stream);
        advance(year);
      }
      for (int county = 0; county < count; ++county) {
        sums.income[county] += sum(income[county]);
        sums.score[county] += sum(score[county]) * scoreUnit;
      }
    }
  }

  // The levels of a year as parts of what was placed, means over draws.
  std::array<double, Streams> levelsOf(int year) {
    std::array<double, Streams> parts;
    noise.startDraws(0);
    start();
    for (int y = 0; y <= year; ++y) {
      noise.startYear(input.firstYear + std::uint32_t(y));
      for (int stream = 0; stream < Streams; ++stream) allocate(y, stream);
      if (y < year) advance(y);
    }
    for (int j = 0; j < Streams; ++j) parts[j] = sum(streams[j].level / referenceSum[j]) / laneCount;
    return parts;
  }

private:
  const Plan<Streams> &plan;
  const Input &input;
  const int count;
  Noise noise;
  std::unique_ptr<Doubles[]> memory;
  Doubles *score, *income, *ownIncome, *effort, *stock, *levelA, *levelB, *share, *spare;
  Doubles *deepening;  // K as a multiple of K at the start: every stream's grows alike
  Doubles *reference[Streams], *carried[Streams];
  StreamYear streams[Streams];
  Doubles waiting[Streams], referenceSum[Streams];
  // What the factors need of all counties, gathered in the pass of the year before.
  Doubles topIncome, incomeSum, scoreSum;

  void start() {
    topIncome = incomeSum = scoreSum = Doubles{};
    for (int c = 0; c < count; ++c) {
      const auto &fixed = plan.fixed[c];
      score[c] = repeat(input.score[c] / scoreUnit);
      income[c] = repeat(input.income[c]);
      effort[c] = repeat(0.5);
      stock[c] = repeat(input.stock[c]);
      levelA[c] = repeat(input.level[c]), levelB[c] = repeat(input.level[count + c]);
      ownIncome[c] = income[c] - fixed.rent * stock[c] * levelA[c];
      deepening[c] = repeat(1);
      gather(c, fixed.people);
    }
    for (int j = 0; j < Streams; ++j) {
      waiting[j] = Doubles{}, referenceSum[j] = repeat(plan.previousSum[j]);
      for (int c = 0; c < count; ++c) {
        reference[j][c] = repeat(input.previous[j * count + c]);
        carried[j][c] = Doubles{};
      }
    }
  }

  INLINE void gather(int county, double people) {
    topIncome = greatest(topIncome, income[county]);
    incomeSum += income[county] * people;
    scoreSum += score[county] * people;
  }

  void allocate(int year, int j) {
    StreamYear one;
    const double *weight = &input.weight[j * 4];
    one.rise = weight[3] / scoreSum;
    one.fall = weight[2] / (topIncome * plan.peopleSum[year] - incomeSum);
    one.constant = one.fall * topIncome;
    const Doubles pool = input.pool[j] * plan.growth[year] + waiting[j];
    const Doubles reserve = 0.05 * pool, base = pool - reserve;
    const Doubles floors = 0.9 * referenceSum[j], caps = cap * referenceSum[j];
    // A level of 0 or beyond all caps, where floors or caps settle the matter, so that no
    // county asks for it. Shares sum to 1, and ā to what was placed.
    const Doubles placed = least(base, caps);
    one.level = base > caps ? repeat(1e300) : plan.guess[year][j] * base;
    one.level = floors >= base ? Doubles{} : one.level;
    one.floor = floors >= base ? base / referenceSum[j] : repeat(0.9);
    one.unallocated = base - placed;
    const Probe probe = findLevel(year, j, one, placed);
    setFactors(one, reserve, probe);
    streams[j] = one, referenceSum[j] = placed;
  }

  // Newton on Σ a(λ), which is piecewise linear: exact once from the right piece. The bracket
  // makes it end whatever the data.
  Probe findLevel(int year, int j, StreamYear &one, Doubles target) {
    const Fixed<Streams> *fixed = &plan.fixed[std::size_t(year) * count];
    Probe probe;
    for (int c = 0; c < count; ++c) {
      share[c] = shareOf(fixed[c], j, one, score[c], income[c]);
      probe.add(share[c], reference[j][c], one);
    }
    Doubles low{}, high = repeat(INFINITY);
    // Each later pass also sums by grade, in the hope that it is the last: it mostly is.
    // Its amounts go into the spare array, which then takes the place of the reference.
    for (int pass = 0; pass < 200; ++pass) {
      one.level = nextLevel(one.level, probe, target, low, high);
      probe = Probe{};
      for (int c = 0; c < count; ++c) {
        spare[c] = probe.add(share[c], reference[j][c], one);
        probe.addGraded(spare[c], score[c]);
      }
      if (holdsForAll(isPlaced(probe, target))) break;
    }
    std::swap(spare, reference[j]);
    return probe;
  }

  static INLINE Doubles shareOf(const Fixed<Streams> &fixed, int j, const StreamYear &one, Doubles score,
                         Doubles income) {
    return fixed.base[j] + fixed.people * (one.constant + one.rise * score - one.fall * income);
  }

  static INLINE Mask isPlaced(const Probe &probe, Doubles target) {
    return magnitude(target - probe.placed) <= 1e-13 * target;
  }

  static Doubles nextLevel(Doubles level, const Probe &probe, Doubles target, Doubles &low,
                           Doubles &high) {
    const Mask isBelow = probe.placed < target;
    low = isBelow ? level : low;
    high = isBelow ? high : level;
    const Doubles step = level + (target - probe.placed) / probe.freeShare;
    const Doubles middle = high == INFINITY ? low + low : 0.5 * (low + high);
    const Doubles next = ((step > low) & (step < high)) ? step : middle;
    return isPlaced(probe, target) ? level : next;
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

  void advance(int year) {
    topIncome = incomeSum = scoreSum = Doubles{};
    for (int j = 0; j < Streams; ++j) waiting[j] = streams[j].unallocated;
    const Fixed<Streams> *fixed = &plan.fixed[std::size_t(year) * count];
    double *amounts = &sums.amount[std::size_t(year) * count];
    for (int c = 0; c < count; ++c) {
      Totals totals;
#pragma GCC unroll 6
      for (int j = 0; j < Streams; ++j) spend(fixed[c], c, j, totals);
      amounts[c] += sum(totals.amount);
      respond(fixed[c], c, totals);
      gather(c, fixed[c].nextPeople);
    }
  }

  INLINE void spend(const Fixed<Streams> &fixed, int c, int j, Totals &totals) {
    const StreamYear &one = streams[j];
    const Doubles base = reference[j][c], old = carried[j][c];
    const Doubles low = score[c] >= cutC ? one.factor[2] : one.factor[3];
    const Doubles middle = score[c] >= cutB ? one.factor[1] : low;
    const Doubles amount = base * (score[c] >= cutA ? one.factor[0] : middle);
    const Doubles available = amount + old, ready = fixed.pipeline[j] * deepening[c];
    const Doubles spent =
        least(available, fixed.speed * available * ready / (available + ready));
    const Doubles usedOld = least(old, spent);
    carried[j][c] = amount - (spent - usedOld);
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
    const Doubles old = score[c];
    // From D to C every county gains the same part of its money: no sum needed.
    const Doubles steps = nearness(old, cutA) * totals.stepToA + nearness(old, cutB) * totals.stepToB;
    const Doubles incentive = 10 * (steps / totals.base + 0.08 * nearness(old, cutC));
    const Doubles newEffort = fraction(0.6 * effort[c] + 0.2 + fixed.incentive * incentive);
    const Doubles drive = newEffort - 0.5;
    Doubles normals[sourceCount];
    noise.draw(fixed.code, normals);
    const Doubles a = fraction(0.7 * levelA[c] + fixed.pullA + 0.12 * drive + 0.03 * normals[levelASource]);
    const Doubles b = fraction(0.7 * levelB[c] + fixed.pullB + 0.12 * drive + 0.03 * normals[levelBSource]);
    effort[c] = newEffort, levelA[c] = a, levelB[c] = b;
    deepening[c] *= greatest(1.01 + 0.5 * drive, Doubles{});
    stock[c] = 0.92 * stock[c] + 0.006 * totals.spent;
    ownIncome[c] *= 1.06 + 0.01 * normals[incomeSource];
    income[c] = ownIncome[c] + fixed.rent * stock[c] * a;
    const Doubles execution = fraction((totals.spent / totals.available - 0.5) * 2.5);
    const Doubles exact = 25e6 * (a + b) + 50e6 * execution + 2e6 * normals[scoreSource];
    score[c] = roundedDown(clipped(exact, Doubles{}, repeat(100e6)) + 0.5);
  }
};

// ---- The program ----

double seconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
}

class Program {
public:
  virtual ~Program() = default;
  virtual double processorSeconds(std::uint64_t first, std::uint64_t count) = 0;
  virtual double wallSeconds(std::uint64_t first, std::uint64_t count, int threads) = 0;
  virtual Sums sums(std::uint64_t count) = 0;
};

template <int Streams> class ProgramFor : public Program {
public:
  explicit ProgramFor(Input input) : plan(std::move(input)) {
    for (int year = 0; year < plan.input.yearCount; ++year)
      plan.guess[year] = Worker<Streams>(plan).levelsOf(year);
  }

  double processorSeconds(std::uint64_t first, std::uint64_t count) override {
    Worker<Streams> worker(plan);
    const double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    worker.run(first, count);
    return seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
  }

  double wallSeconds(std::uint64_t first, std::uint64_t count, int threadCount) override {
    const double start = seconds(CLOCK_MONOTONIC);
    const std::uint64_t blocks = count / laneCount;
    std::vector<std::thread> threads;
    std::vector<std::unique_ptr<Worker<Streams>>> workers(threadCount);
    for (int index = 0; index < threadCount; ++index)
      threads.emplace_back([&, index] {
        const std::uint64_t from = blocks * index / threadCount, to = blocks * (index + 1) / threadCount;
        workers[index] = std::make_unique<Worker<Streams>>(plan);
        workers[index]->run(first + from * laneCount, (to - from) * laneCount);
      });
    for (auto &thread : threads) thread.join();
    for (int index = 1; index < threadCount; ++index) workers[0]->sums.add(workers[index]->sums);
    return seconds(CLOCK_MONOTONIC) - start;
  }

  Sums sums(std::uint64_t count) override {
    Worker<Streams> worker(plan);
    worker.run(0, count);
    return worker.sums;
  }

private:
  Plan<Streams> plan;
};

std::unique_ptr<Program> load(const std::string &path) {
  Input input(path);
  switch (input.streamCount) {
  case 3: return std::make_unique<ProgramFor<3>>(std::move(input));
  case 5: return std::make_unique<ProgramFor<5>>(std::move(input));
  case 6: return std::make_unique<ProgramFor<6>>(std::move(input));
  default: Input::fail("compiled for 3, 5 and 6 streams");
  }
}

void write(const std::string &path, const Sums &sums, double drawCount) {
  std::ofstream file(path, std::ios::binary);
  for (const auto *part : {&sums.amount, &sums.income, &sums.score})
    for (double value : *part) {
      const double mean = value / drawCount;
      file.write(reinterpret_cast<const char *>(&mean), sizeof mean);
    }
}

}  // namespace

int main() {
  std::unique_ptr<Program> program;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string command, path;
    std::uint64_t first = 0, count = 0;
    int threads = 1;
    words >> command;
    if (command == "load" && words >> path) {
      program = load(path);
      std::cout << "loaded" << std::endl;
    } else if (command == "time" && program && words >> first >> count) {
      std::cout << program->processorSeconds(first, count) << std::endl;
    } else if (command == "wall" && program && words >> first >> count >> threads) {
      std::cout << program->wallSeconds(first, count, threads) << std::endl;
    } else if (command == "answer" && program && words >> path >> count) {
      write(path, program->sums(count), double(count));
      std::cout << "written" << std::endl;
    } else if (command == "version") {
#ifdef __clang__
      std::cout << "clang++ " __clang_version__ << std::endl;
#else
      std::cout << "g++ " __VERSION__ << std::endl;
#endif
    } else {
      Input::fail("what is this command?");
    }
  }
}
