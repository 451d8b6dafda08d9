import PolicyModel

/// Reads bounds of weights as a user writes them: `FACTOR=0.3` and `FACTOR=0.1:0.4`.
struct WeightBounds {
  private let factors: [String]

  init(_ factors: [String]) { self.factors = factors }

  /// The bounds of every weight.
  ///
  /// - Throws: `RunFailure.badInput` with everything that is no bound of a factor.
  func read(fixed: [String], bounds: [String]) throws(RunFailure) -> [ClosedRange<Double>] {
    var result = factors.map { _ in 0.0...1 }
    var problems: [Problem] = []
    var seen: Set<Int> = []
    for (option, texts) in [("--fix", fixed), ("--bound", bounds)] {
      for text in texts {
        switch bound(text, isFixed: option == "--fix") {
        case .success(let found):
          if !seen.insert(found.factor).inserted {
            problems.append(
              Problem(
                nil, path: "\(option) \(text)",
                Wording(
                  "the weight of \(factors[found.factor]) is bounded twice; keep one",
                  "“\(factors[found.factor])”的权重界限重复；请只保留一个")))
          }
          result[found.factor] = found.range
        case .failure(let wording):
          problems.append(Problem(nil, path: "\(option) \(text)", wording.wording))
        }
      }
    }
    if !problems.isEmpty { throw .badInput(problems) }
    return result
  }

  private struct Refusal: Error {
    let wording: Wording
  }

  private func bound(
    _ text: String, isFixed: Bool
  ) -> Result<(factor: Int, range: ClosedRange<Double>), Refusal> {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let factor = factors.firstIndex(of: String(parts[0])) else {
      return .failure(
        Refusal(
          wording: Wording(
            "\"\(parts[0])\" is none of the factors", "“\(parts[0])”不是所选因素")
            + nearestHint(String(parts[0]), among: factors)))
    }
    let ends =
      parts.count < 2
      ? [] : parts[1].split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard ends.count == (isFixed ? 1 : 2), let low = ends[0], let high = ends[ends.count - 1],
      0 <= low, low <= high, high <= 1
    else {
      return .failure(
        Refusal(
          wording: isFixed
            ? Wording("write FACTOR=WEIGHT with a weight from 0 to 1", "请写作 因素=权重，权重在0到1之间")
            : Wording(
              "write FACTOR=LOWEST:HIGHEST with 0 ≤ lowest ≤ highest ≤ 1",
              "请写作 因素=下限:上限，且 0 ≤ 下限 ≤ 上限 ≤ 1")))
    }
    return .success((factor, low...high))
  }
}
