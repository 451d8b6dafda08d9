import Foundation
import FundAllocation
import Sensitivity

/// One allocation over 96 counties with floors and caps as a model of eight inputs, and its Sobol'
/// indices.
///
/// Inputs: the raw weights of six factors (normalised by the model), the growth of the pool, the
/// floor. Output: the part of the pool that the last third of the counties gets.
/// Peers/sobol_salib.py is the same in NumPy.
struct SobolCase {
  static let counties = 96
  static let factors = 6
  static let points = 1 << 14
  static let resamples = 100

  /// Shape: [county][factor], flat; columns sum to 1.
  let values: [Double]
  /// Amounts of the year before.
  ///
  /// Shape: [county].
  let before: [Double]

  init(seed: UInt64) {
    var random = Random(seed: seed)
    var values = (0..<(SobolCase.counties * SobolCase.factors)).map { _ in random.size(0.1, 4) }
    for factor in 0..<SobolCase.factors {
      let places = stride(from: factor, to: values.count, by: SobolCase.factors)
      let sum = places.reduce(0) { $0 + values[$1] }
      for place in places { values[place] /= sum }
    }
    self.values = values
    before = (0..<SobolCase.counties).map { county in
      let row = values[(county * SobolCase.factors)..<((county + 1) * SobolCase.factors)]
      return row.reduce(0, +) / Double(SobolCase.factors) * random.uniform(0.75, 1.25)
    }
  }

  /// Everything as little-endian doubles.
  var bytes: Data {
    var data = Data()
    for value in values + before {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        data.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
      }
    }
    return data
  }

  /// The indices of a seed's points.
  @inline(never)
  func indices(seed: UInt64) throws -> SobolIndices {
    let design = PickFreezeDesign(
      groups: (0..<8).map { [$0] }, pointCount: SobolCase.points, seed: seed)
    var model = SobolModel(self)
    let runs = PickFreezeRuns(design) { [model.value($0)] }
    guard let found = SobolIndices(runs, replicates: SobolCase.resamples, seed: seed) else {
      throw BenchmarkFailure("the model has no value")
    }
    return found
  }
}

/// The model with room to work in.
struct SobolModel {
  typealias Lanes = SIMD8<Double>
  private let values: [Double]
  private let before: [Double]
  private var shares = [Lanes](repeating: .zero, count: SobolCase.counties)
  private var floors = [Lanes](repeating: .zero, count: SobolCase.counties)
  private var caps = [Lanes](repeating: .zero, count: SobolCase.counties)

  init(_ input: SobolCase) {
    values = input.values
    before = input.before
  }

  /// The output at eight points.
  mutating func value(_ unit: [Lanes]) -> Lanes {
    var weights = unit[..<SobolCase.factors].map { $0 + 0.5 }
    let sum = weights.reduce(.zero, +)
    for factor in weights.indices { weights[factor] = weights[factor] / sum }
    let pool = unit[6] * 0.1 + 0.98
    let floor = unit[7] * 0.3 + 0.65
    SobolModel.setBounds(&shares, &floors, &caps, (values, before), weights, floor)
    let level = WaterLevel(shares: shares, floors: floors, caps: caps, pool: pool)
    var part = Lanes.zero
    for county in (2 * SobolCase.counties / 3)..<SobolCase.counties {
      part =
        part + level.amount(share: shares[county], floor: floors[county], cap: caps[county])
    }
    return part / pool
  }

  private static func setBounds(
    _ shares: inout [Lanes], _ floors: inout [Lanes], _ caps: inout [Lanes],
    _ input: (values: [Double], before: [Double]), _ weights: [Lanes], _ floor: Lanes
  ) {
    var share = shares.mutableSpan
    var least = floors.mutableSpan
    var most = caps.mutableSpan
    let (value, old, weight) = (input.values.span, input.before.span, weights.span)
    for county in 0..<SobolCase.counties {
      var sum = Lanes.zero
      for factor in 0..<SobolCase.factors {
        sum = sum + weight[factor] * value[county &* SobolCase.factors &+ factor]
      }
      share[county] = sum
      least[county] = floor * old[county]
      most[county] = Lanes(repeating: 1.2 * old[county])
    }
  }
}
