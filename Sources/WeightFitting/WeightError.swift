/// Why weights cannot be found: something in the data or the judgements.
public enum WeightError: Error, Sendable, Hashable {
  /// A method needs more rows.
  case tooFewRows(count: Int, needed: Int)
  /// An indicator is the same everywhere (to 12 digits), so it tells no units apart.
  case constant(indicator: Int, value: Double)
  /// An indicator is negative where a normalization or method needs 0 or more.
  case negative(indicator: Int, row: Int, value: Double)
  /// An indicator of which less is more is 0, so it has no inverse.
  case noInverse(indicator: Int, row: Int)
  /// Entropy needs shares, and a normalization gives negative numbers.
  case negativeShares(Normalization)
  /// A normalization gives every indicator the same standard deviation, so weights would be equal
  /// whatever the data.
  case deviationsAlike(Normalization)
  /// All indicators move together exactly; there is no conflict between them to weigh.
  case noConflict
  /// Two principal components explain the same, so that their directions are arbitrary.
  case componentsAlike(first: Int, eigenvalue: Double)
  /// More names in one comparison than Saaty's random indices reach.
  case tooManyCompared(count: Int, most: Int)
  /// Judgements do not link all names; names by part, in their own order.
  case notConnected(parts: [[Int]])
}
