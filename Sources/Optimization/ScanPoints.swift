/// Points that fill a box evenly, always the same ones: an additive recurrence.
///
/// Point i is the fractional part of ½ + i α with αₖ = φ^−k, φ the root above 1 of φ^(d+1) = φ + 1.
/// Chosen over a grid because any number of points fills any number of dimensions, and over random
/// points because the gaps are smaller and there is no seed.
///
/// Source: Roberts (2018), The unreasonable effectiveness of quasirandom sequences.
enum ScanPoints {
  /// The first points of a box.
  ///
  /// - Returns: Points. Shape: [point][dimension].
  static func points(in box: [ClosedRange<Double>], count: Int) -> [[Double]] {
    let steps = steps(box.count)
    return (0..<count).map { index in
      zip(box, steps).map { side, step in
        let whole = 0.5 + Double(index) * step
        let part = whole - whole.rounded(.down)
        return side.lowerBound + part * (side.upperBound - side.lowerBound)
      }
    }
  }

  private static func steps(_ dimension: Int) -> [Double] {
    var root = 2.0
    // Fixed-point iteration φ ← (φ + 1)^(1/(d+1)) contracts by more than half a step; Newton's
    // method is used in its place because it needs no root.
    for _ in 0..<64 {
      var power = 1.0
      for _ in 0..<dimension { power *= root }
      let value = power * root - root - 1
      let slope = Double(dimension + 1) * power - 1
      root -= value / slope
    }
    var step = 1.0
    return (0..<dimension).map { _ in
      step /= root
      return step
    }
  }
}
