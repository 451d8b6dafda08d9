// What a processor does with eight doubles at once and Swift's library lane by lane.
#ifndef KAREZ_VECTORS_H
#define KAREZ_VECTORS_H

typedef double KarezDoubles __attribute__((ext_vector_type(8)));

// The IEEE square root of each lane: correctly rounded, so the same bits on every processor.
static inline __attribute__((always_inline)) KarezDoubles karez_square_roots(KarezDoubles x) {
  return __builtin_elementwise_sqrt(x);
}

#endif
