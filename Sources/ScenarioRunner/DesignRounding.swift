import Comparison
import Documents
import PolicyModel

/// Values of a design as they are written.
struct WrittenDesign: Sendable, Equatable {
  /// Shape: [parameter][member].
  let texts: [[String]]
  /// What a reader takes the texts for; money in fen.
  ///
  /// Shape: [parameter][member].
  let values: [[Double]]
  /// Whether it is the baseline itself, of which nothing is written.
  var isBaseline = false

  /// The baseline itself.
  static func baseline(_ space: DesignSpace) -> WrittenDesign {
    let values = space.parameters.map(\.start)
    return WrittenDesign(
      texts: values.map { $0.map { NumberText.significant($0) } }, values: values,
      isBaseline: true)
  }
}

/// Rounds a design to numbers that people can read, write and defend.
///
/// Begins with steps of at most a thousandth of a range and goes on to finer ones. Numbers are tried
/// rounded to the nearest step, away from the baseline and in all ways between; weights by largest
/// remainder, so that they sum to 1 exactly.
struct DesignRounding: Sendable {
  let space: DesignSpace
  let currency: Currency

  /// How many finer steps are tried after the first.
  static let finest = 7
  private static let mostWays = 16

  /// The ways to write some values with a fineness.
  ///
  /// - Parameters:
  ///   - values: Shape: [parameter][member].
  ///   - fineness: 0 for steps of a thousandth of the range, each more a tenth of that.
  /// - Returns: Designs, those with the least change first.
  func candidates(_ values: [[Double]], fineness: Int) -> [WrittenDesign] {
    let choices = zip(space.parameters, values).map { parameter, own in
      parameter.isWeights
        ? weights(parameter, own, fineness) : numbers(parameter, own[0], fineness)
    }
    if choices.contains(where: \.isEmpty) { return [] }
    var ways: [[Choice]] = [[]]
    for options in choices {
      let taken = ways.count * options.count <= DesignRounding.mostWays ? options : [options[0]]
      ways = ways.flatMap { way in taken.map { way + [$0] } }
    }
    // The outermost way of all, should there have been too many.
    let outermost = choices.map { $0[$0.count - 1] }
    if !ways.contains(where: { $0.map(\.values) == outermost.map(\.values) }) {
      ways.append(outermost)
    }
    let designs = ways.map { WrittenDesign(texts: $0.map(\.texts), values: $0.map(\.values)) }
    let changes = designs.map { space.change(to: $0.values) }
    return designs.indices.sorted {
      changes[$0] == changes[$1] ? $0 < $1 : changes[$0] < changes[$1]
    }
    .map { designs[$0] }
  }

  private struct Choice {
    let texts: [String]
    let values: [Double]
  }

  // MARK: Numbers

  /// The steps at and around a value that lie in its range, the outermost last.
  private func numbers(_ parameter: FreeParameter, _ value: Double, _ fineness: Int) -> [Choice] {
    let unit = parameter.unit(currency)
    let range = parameter.ranges[0]
    let width = (range.upperBound - range.lowerBound) / unit.size
    let decimals = min(decimals(width) + fineness, unit.mostDecimals)
    let step = powerOfTen(decimals)
    let whole = value / unit.size * step
    let isUp = value >= parameter.start[0]
    let places =
      [whole.rounded(), whole.rounded(isUp ? .down : .up), whole.rounded(isUp ? .up : .down)]
    var choices: [Choice] = []
    for place in places {
      let text = trimmed(NumberText.fixed(place / step, decimals: decimals))
      guard let number = Double(text) else { continue }
      let exact = parameter.isAmount ? (number * unit.size).rounded() : number
      if range.contains(exact), !choices.contains(where: { $0.values == [exact] }) {
        choices.append(Choice(texts: [text + unit.suffix], values: [exact]))
      }
    }
    return choices
  }

  /// Decimals of the largest power of ten that is at most a thousandth of a width.
  private func decimals(_ width: Double) -> Int {
    var decimals = 0
    var step = 1.0
    while step > width / 1000, decimals < 15 {
      step /= 10
      decimals += 1
    }
    return decimals
  }

  private func powerOfTen(_ power: Int) -> Double {
    (0..<power).reduce(1) { value, _ in value * 10 }
  }

  private func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    let digits = text.reversed().drop { $0 == "0" }
    let bare = digits.first == "." ? digits.dropFirst() : digits
    let shown = String(bare.reversed())
    return shown == "-0" ? "0" : shown
  }

  // MARK: Weights

  /// Weights cut down to steps, the steps left one each to the largest remainders.
  private func weights(_ parameter: FreeParameter, _ values: [Double], _ fineness: Int) -> [Choice]
  {
    let decimals = 4 + fineness
    let step = powerOfTen(decimals)
    var units = values.map { ($0 * step).rounded(.down) }
    let left = Int(step - units.reduce(0, +))
    guard (0...values.count).contains(left) else { return [] }
    let order = values.indices.sorted { a, b in
      let (first, second) = (values[a] * step - units[a], values[b] * step - units[b])
      return first == second ? a < b : first > second
    }
    for index in order.prefix(left) { units[index] += 1 }
    let texts = units.map { trimmed(NumberText.fixed($0 / step, decimals: decimals)) }
    let numbers = texts.map { Double($0) ?? .nan }
    let isInside = zip(numbers, parameter.ranges).allSatisfy { number, range in
      number >= range.lowerBound - 1e-12 && number <= range.upperBound + 1e-12
    }
    return isInside ? [Choice(texts: texts, values: numbers)] : []
  }
}
