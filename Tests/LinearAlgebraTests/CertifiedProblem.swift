import LinearAlgebra
import TestFixtures

/// A certified least squares problem of NIST StRD.
struct CertifiedProblem {
  let name: String
  let matrix: Matrix
  let target: [Double]
  /// The certified coefficients.
  let certified: [Double]

  /// Reads a file of the collection and sets up its design matrix.
  init(_ name: String) throws {
    self.name = name
    let lines = try ReferenceFile.text("Reference/\(name).dat").split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    certified = lines[30..<48].compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 3, words[0].first == "B" else { return nil }
      return Double(words[1])
    }
    let data = lines[60...].compactMap { line -> [Double]? in
      let numbers = line.split(separator: " ").compactMap { Double($0) }
      return numbers.count > 1 ? numbers : nil
    }
    target = data.map { $0[0] }
    let unknowns = certified.count
    matrix = Matrix(
      rows: data.map { CertifiedProblem.row(name, Array($0.dropFirst()), unknowns) })
  }

  /// One row of the design: the powers of x, or the predictors with a 1 before them.
  private static func row(_ name: String, _ predictors: [Double], _ unknowns: Int) -> [Double] {
    if name.hasPrefix("NoInt") { return predictors }
    if predictors.count > 1 { return [1] + predictors }
    var powers = [1.0]
    while powers.count < unknowns { powers.append(powers[powers.count - 1] * predictors[0]) }
    return powers
  }
}
