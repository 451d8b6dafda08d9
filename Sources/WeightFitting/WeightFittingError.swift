import LinearAlgebra

/// Why weights cannot be fitted: something in the data, not in the code.
public enum WeightFittingError: Error, Sendable, Hashable {
  /// A quadratic program whose matrix is not positive definite.
  case notConvex
  /// What linear algebra refuses.
  case linearAlgebra(LinearAlgebraError)
  /// Fewer rows that say something of the weights than factors.
  case tooFewRows(rows: Int, factors: Int)
  /// A factor whose values sum to 0 in a pool.
  case factorWithoutSum(factor: Int, pool: Int)
  /// A pool without money.
  case poolWithoutMoney(pool: Int)
  /// No weights that sum to 1 lie within the bounds.
  case boundsExcludeSimplex(lowest: Double, highest: Double)
  /// The amounts fall where the factors rise: every factor would get less than nothing.
  case nothingExplains
  /// Rounding kept the solver from the end.
  case notSolved
}
