/// Seven classes of signed numbers, three to each side of "about the same", with round borders.
///
/// The borders are taken from the middle and the upper end of the sizes, so that a few very large
/// numbers do not leave all others in one class.
struct SignedClasses: Sendable {
  /// Borders of the sizes, ascending: about the same, small, middle.
  private let borders: [Double]

  /// Makes classes that suit some numbers.
  init(_ values: [Double]) {
    let sizes = values.map { abs($0) }.filter { $0 > 0 }.sorted()
    guard let largest = sizes.last else {
      borders = [0, 0, 0]
      return
    }
    func size(at part: Double) -> Double { sizes[Int(part * Double(sizes.count - 1))] }
    let upper = SignedClasses.round(min(size(at: 0.8), largest * 0.9))
    let middle = min(SignedClasses.round(size(at: 0.45)), upper / 2)
    borders = [middle / 10, middle, upper]
  }

  /// The nearest of 1, 2, 5 times a power of ten, downwards.
  private static func round(_ value: Double) -> Double {
    var power = 1.0
    while value / power < 1 { power /= 10 }
    while value / power >= 10 { power *= 10 }
    let digit = value / power
    return power * (digit >= 5 ? 5 : (digit >= 2 ? 2 : 1))
  }

  /// The class of a number: −3 to 3.
  func step(_ value: Double) -> Int {
    let size = abs(value)
    let step = size <= borders[0] ? 0 : (size <= borders[1] ? 1 : (size <= borders[2] ? 2 : 3))
    return value < 0 ? -step : step
  }

  /// All classes in order.
  var steps: [Int] { borders[2] == 0 ? [0] : Array(-3...3) }

  /// A class as text.
  func text(_ step: Int, _ axis: Chart.Axis) -> String {
    let sign = step < 0 ? "−" : "+"
    func number(_ border: Int) -> String {
      sign + NumberText.significant(borders[border], digits: 3)
    }
    switch abs(step) {
    case 0: return (borders[0] == 0 ? "0" : "±" + number(0).dropFirst()) + axis.suffix
    case 1: return "\(number(0)) … \(number(1))" + axis.suffix
    case 2: return "\(number(1)) … \(number(2))" + axis.suffix
    default: return "\(step < 0 ? "<" : ">") \(number(2))" + axis.suffix
    }
  }
}
