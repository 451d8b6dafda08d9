/// A method that reads weights out of the data.
public enum ObjectiveMethod: String, Sendable, Hashable, CaseIterable {
  /// Shannon's entropy of each indicator's shares (熵权法).
  case entropy
  /// Contrast times conflict, by Pearson's correlation (CRITIC).
  case critic
  /// The same by Spearman's correlation.
  case criticSpearman = "critic-spearman"
  /// Coefficients of principal components, weighted by the variance they explain.
  case pca
  /// Squared loadings of principal components, weighted alike.
  case pcaSquared = "pca-squared"
  /// Standard deviations.
  case deviation = "sd"
  /// One weight for all.
  case equal

  /// How indicators are normalized unless the user says otherwise; nil where the data have no say.
  public var normalization: Normalization? {
    switch self {
    case .entropy: .sum
    case .critic, .criticSpearman, .deviation: .minmax
    case .pca, .pcaSquared: .z
    case .equal: nil
    }
  }

  /// The least number of rows from which the method can tell anything.
  ///
  /// With two rows every correlation is 1 or −1.
  public var leastRows: Int {
    switch self {
    case .entropy, .deviation: 2
    case .critic, .criticSpearman, .pca, .pcaSquared: 3
    case .equal: 1
    }
  }
}
