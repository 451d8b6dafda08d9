import Foundation

/// Models with known indices, of eight points side by side.
enum TestModel {
  typealias Lanes = SIMD8<Double>

  private static func eachLane(_ points: [Lanes], _ body: ([Double]) -> Double) -> [Lanes] {
    var result = Lanes.zero
    for lane in 0..<8 { result[lane] = body(points.map { $0[lane] }) }
    return [result]
  }

  /// sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ on (−π, π)³ (Ishigami and Homma 1990).
  static func ishigami(_ points: [Lanes]) -> [Lanes] {
    eachLane(points) { unit in
      let x = unit.map { Double.pi * (2 * $0 - 1) }
      return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * x[2] * x[2] * x[2] * x[2] * sin(x[0])
    }
  }

  /// Π (|4 xᵢ − 2| + aᵢ) / (1 + aᵢ) (Saltelli and Sobol' 1995).
  static func sobolG(_ a: [Double]) -> ([Lanes]) -> [Lanes] {
    { points in
      eachLane(points) { unit in
        zip(unit, a).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
      }
    }
  }

  /// Σ c x, linear: S = T = c² / Σ c².
  static func linear(_ c: [Double]) -> ([Lanes]) -> [Lanes] {
    { points in [zip(points, c).reduce(.zero) { $0 + $1.0 * $1.1 }] }
  }
}
