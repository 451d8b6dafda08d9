/// One judgement: something counts so many times as much as something else.
public struct Judgement: Sendable, Hashable {
  /// Index of the name that is held against the other.
  public let first: Int
  /// Index of the other name.
  public let second: Int
  /// How many times as much the first counts; > 0.
  public let ratio: Double

  /// Makes a judgement.
  ///
  /// - Precondition: Two different names and a finite ratio > 0.
  public init(first: Int, second: Int, ratio: Double) {
    precondition(first != second, "nothing is held against itself")
    precondition(ratio > 0 && ratio.isFinite, "a ratio is a number above 0")
    self.first = first
    self.second = second
    self.ratio = ratio
  }
}

/// Judgements of pairs of a few names; some pairs may be missing.
public struct Judgements: Sendable, Hashable {
  /// The names that are compared.
  public let names: [String]
  /// At most one judgement a pair.
  public let list: [Judgement]

  /// As many names as Saaty's random indices reach.
  public static let mostNames = 15

  /// Makes judgements.
  ///
  /// - Throws: `WeightError.tooManyCompared`, or `.notConnected` if the judgements do not link all
  ///   names, so that weights of different parts cannot be compared.
  /// - Precondition: Indices lie within the names; no pair is judged twice.
  public init(names: [String], list: [Judgement]) throws(WeightError) {
    let pairs = list.map { [min($0.first, $0.second), max($0.first, $0.second)] }
    precondition(pairs.allSatisfy { $0[0] >= 0 && $0[1] < names.count }, "a name that is not there")
    precondition(Set(pairs).count == pairs.count, "a pair is judged twice")
    if names.count > Judgements.mostNames {
      throw .tooManyCompared(count: names.count, most: Judgements.mostNames)
    }
    self.names = names
    self.list = list
    let parts = Judgements.parts(names.count, list)
    if parts.count > 1 { throw .notConnected(parts: parts) }
  }

  private init(linked names: [String], _ list: [Judgement]) {
    self.names = names
    self.list = list
  }

  /// The judgements without one; nil if they would no longer link all names.
  func without(_ position: Int) -> Judgements? {
    var rest = list
    rest.remove(at: position)
    if Judgements.parts(names.count, rest).count > 1 { return nil }
    return Judgements(linked: names, rest)
  }

  /// How many pairs are not judged.
  public var missingCount: Int { names.count * (names.count - 1) / 2 - list.count }

  /// The pairs that are not judged, each by ascending index.
  var missingPairs: [(first: Int, second: Int)] {
    let judged = Set(list.map { [min($0.first, $0.second), max($0.first, $0.second)] })
    return names.indices.flatMap { first in
      names.indices.filter { $0 > first && !judged.contains([first, $0]) }
        .map { (first: first, second: $0) }
    }
  }

  /// Names that judgements link, part by part.
  private static func parts(_ count: Int, _ list: [Judgement]) -> [[Int]] {
    var part = Array(0..<count)
    for judgement in list {
      let (old, new) = (part[judgement.second], part[judgement.first])
      for index in part.indices where part[index] == old { part[index] = new }
    }
    var order: [Int] = []
    for index in part where !order.contains(index) { order.append(index) }
    return order.map { label in part.indices.filter { part[$0] == label } }
  }
}
