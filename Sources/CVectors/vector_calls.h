// What a processor does with eight doubles at once and Swift's library lane by lane.
#ifndef KAREZ_VECTORS_H
#define KAREZ_VECTORS_H

typedef double KarezDoubles __attribute__((ext_vector_type(8)));
// What compares as true has all its bits set.
typedef long long KarezMask __attribute__((ext_vector_type(8)));

#define KAREZ_INLINE static inline __attribute__((always_inline))

// The IEEE square root of each lane: correctly rounded, so the same bits on every processor.
KAREZ_INLINE KarezDoubles karez_square_roots(KarezDoubles x) {
  return __builtin_elementwise_sqrt(x);
}

// Comparisons of IEEE 754: false where a lane is no number.
KAREZ_INLINE KarezMask karez_are_less(KarezDoubles x, KarezDoubles y) { return (KarezMask)(x < y); }
KAREZ_INLINE KarezMask karez_are_at_most(KarezDoubles x, KarezDoubles y) { return (KarezMask)(x <= y); }
KAREZ_INLINE KarezMask karez_are_equal(KarezDoubles x, KarezDoubles y) { return (KarezMask)(x == y); }

// The first where the mask holds, the second elsewhere; by bits, for not every processor can ask for
// the sign of a whole number of 64.
KAREZ_INLINE KarezDoubles karez_choose(KarezMask mask, KarezDoubles x, KarezDoubles y) {
  return (KarezDoubles)(((KarezMask)x & mask) | ((KarezMask)y & ~mask));
}

#endif
