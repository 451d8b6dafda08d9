// Eight draws side by side in the lanes of one vector, and their noise (MODEL.md). Vector extensions of
// the compiler; intrinsics only where g++ or clang++ does not find the instruction by itself.

#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

// Vectors wider than the processor's are passed in memory: all is one file, and nothing else calls it.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace ensemble {

constexpr int laneCount = 8;
typedef double Doubles __attribute__((vector_size(64)));
typedef std::uint64_t Words __attribute__((vector_size(64)));
typedef std::int64_t Mask __attribute__((vector_size(64)));

#define INLINE inline __attribute__((always_inline))

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

INLINE Doubles magnitude(Doubles a) { return (Doubles)((Words)a & 0x7fffffffffffffff); }

INLINE bool holdsForAll(Mask mask) {
  std::int64_t all = -1;
  for (int lane = 0; lane < laneCount; ++lane) all &= mask[lane];
  return all != 0;
}

enum Source { scoreSource, incomeSource, levelASource, levelBSource, sourceCount };
constexpr std::array<std::uint32_t, sourceCount> sourceHash = {3526332565, 2023485534, 1719147589,
                                                               1668814732};
constexpr std::uint64_t multiplier0 = 0xD2511F53, multiplier1 = 0xCD9E8D57;
constexpr int roundCount = 10;

// The number of [1, 2) whose mantissa is the upper 52 of 64 bits.
INLINE Doubles mantissa(Words bits) { return (Doubles)((bits >> 12) | 0x3ff0000000000000); }

// −2 ln u by ln m = 2 atanh((m − 1)/(m + 1)), m the mantissa between √½ and √2. The polynomial, which
// stands for −4 atanh(s)/s in s², is off by 2e-16 of its size.
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

// sin 2πw, |w| ≤ ¼. The polynomial is off by 2e-16.
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
    const std::uint64_t lowKey = keyLow[roundCount - 1] << 32, highKey = keyHigh[roundCount - 1] << 32;
    return normal(b ^ (w[1] << 32) ^ lowKey, a ^ (w[3] << 32) ^ highKey);
  }

  std::uint64_t keyLow[roundCount], keyHigh[roundCount];
  Words lowOfDraw, ofDraw[sourceCount];
  std::uint64_t highOfYear;
  Words start0[sourceCount], start2[sourceCount], start3[sourceCount];
};

}  // namespace ensemble
