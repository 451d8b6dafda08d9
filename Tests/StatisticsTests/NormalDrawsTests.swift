import Foundation
import TestFixtures
import Testing

@testable import Statistics

struct NormalDrawsTests {
  /// How far a number that is normal by itself may be off, in standard errors: by chance one in
  /// 10,000 is.
  private static let chance = 3.89

  /// A place in the table of numbers: four counter words, the draw first.
  private func place(_ random: inout SplitMix64) -> [UInt32] {
    (0..<4).map { _ in UInt32(truncatingIfNeeded: random.next()) }
  }

  private func normals(_ draws: NormalDraws, _ place: [UInt32]) -> SIMD8<Double> {
    draws.normals(first: Int(place[0]), county: place[1], year: place[2], source: place[3])
  }

  @Test(arguments: 0..<20) func `the uniforms are those of their formula`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let draws = NormalDraws(seed: seed &* 0x1234_5678_9ABC_DEF1)
    for _ in 0..<100 {
      let place = place(&random)
      let found = draws.uniforms(
        first: Int(place[0]), county: place[1], year: place[2], source: place[3])
      for lane in 0..<8 {
        var own = place
        own[0] &+= UInt32(lane)
        let wanted = PlainPhilox.uniforms(own, seed: seed &* 0x1234_5678_9ABC_DEF1)
        #expect(found.first[lane] == wanted.first && found.second[lane] == wanted.second)
        #expect(found.first[lane] > 0 && found.first[lane] < 1)
        #expect(found.second[lane] > 0 && found.second[lane] < 1)
      }
    }
  }

  /// By the system's library; the turn is brought near 0 exactly, as 2πv would lose digits.
  @Test(arguments: 0..<20) func `the normals are those of Box and Muller`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let draws = NormalDraws(seed: seed)
    for _ in 0..<100 {
      let place = place(&random)
      let found = normals(draws, place)
      for lane in 0..<8 {
        var own = place
        own[0] &+= UInt32(lane)
        let (u, v) = PlainPhilox.uniforms(own, seed: seed)
        let wanted = (-2 * log(u)).squareRoot() * sin(2 * .pi * (abs(v - 0.5) - 0.25))
        #expect(abs(found[lane] - wanted) <= 3e-15 * max(1, abs(wanted)))
      }
    }
  }

  #if arch(x86_64)
    @Test func `100,000 normals are within 3 · 10⁻¹⁵ of 80-bit arithmetic`() {
      let draws = NormalDraws(seed: 42)
      var worst: Float80 = 0
      for first in stride(from: 0, to: 100_000, by: 8) {
        let found = draws.normals(first: first, county: 650_001, year: 2030, source: 7)
        let uniforms = draws.uniforms(first: first, county: 650_001, year: 2030, source: 7)
        for lane in 0..<8 {
          let radius = (-2 * log(Float80(uniforms.first[lane]))).squareRoot()
          let wanted = radius * cos(2 * Float80.pi * Float80(uniforms.second[lane]))
          worst = max(worst, abs(Float80(found[lane]) - wanted))
        }
      }
      #expect(worst <= 3e-15)
    }
  #endif

  @Test(arguments: 0..<50) func `a draw is the same in any lane`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let draws = NormalDraws(seed: seed)
    let place = place(&random)
    let draw = Int(place[0])
    let alone = normals(draws, place)[0]
    for lane in 1..<8 {
      let other = draws.normals(
        first: draw - lane, county: place[1], year: place[2], source: place[3])
      #expect(other[lane].bitPattern == alone.bitPattern)
    }
  }

  @Test func `draw numbers begin again after 2³²`() {
    let draws = NormalDraws(seed: 5)
    let over = draws.normals(first: 1 << 32 - 3, county: 1, year: 2, source: 3)
    let start = draws.normals(first: 0, county: 1, year: 2, source: 3)
    let again = draws.normals(first: 1 << 32, county: 1, year: 2, source: 3)
    for lane in 0..<5 { #expect(over[lane + 3] == start[lane]) }
    #expect(again == start)
  }

  /// Counties are worked in blocks of eight: none, parts, whole ones and several of them.
  @Test(arguments: 0..<40) func `a column of counties holds the bits each has alone`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let draws = NormalDraws(seed: seed)
    let place = place(&random)
    let counties = (0..<Int(seed)).map { _ in
      UInt32(truncatingIfNeeded: random.next())
    }
    var column = [SIMD8<Double>](repeating: SIMD8(repeating: -99), count: counties.count + 3)
    draws.fill(
      &column, from: 2, counties: counties, firstDraw: Int(place[0]), year: place[2],
      source: place[3])
    let wanted = counties.map { normals(draws, [place[0], $0, place[2], place[3]]) }
    for (found, wanted) in zip(column[2...], wanted) {
      for lane in 0..<8 { #expect(found[lane].bitPattern == wanted[lane].bitPattern) }
    }
    let untouched = SIMD8<Double>(repeating: -99)
    #expect(column[0] == untouched && column[1] == untouched && column.last == untouched)
  }

  /// Recorded: builds for other processors or by other compilers must come to the same bits.
  @Test func `the bits of 2,400 normals are those recorded`() {
    let counties = (0..<300).map { UInt32(650_001 + $0) }
    var column = [SIMD8<Double>](repeating: .zero, count: 300)
    NormalDraws(seed: 42).fill(
      &column, from: 0, counties: counties, firstDraw: 80, year: 2030, source: nameHash("income"))
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for normals in column {
      for lane in 0..<8 { hash = (hash ^ normals[lane].bitPattern) &* 0x0100_0000_01B3 }
    }
    #expect(hash == 0xD1FC_1598_E007_A4B5)
  }

  /// A million normal numbers of 2,000 draws, 25 counties, 10 years and 2 sources.
  private static let million: [Double] = {
    let draws = NormalDraws(seed: 20_240_601)
    var numbers: [Double] = []
    numbers.reserveCapacity(1_000_000)
    var column = [SIMD8<Double>](repeating: .zero, count: 25)
    for first in stride(from: 0, to: 2000, by: 8) {
      for year: UInt32 in 2025..<2035 {
        for name in ["income", "plan"] {
          draws.fill(
            &column, from: 0, counties: Array(650_001...650_025), firstDraw: first, year: year,
            source: nameHash(name))
          for county in 0..<25 {
            for lane in 0..<8 { numbers.append(column[county][lane]) }
          }
        }
      }
    }
    return numbers
  }()

  @Test func `mean, variance, skewness and kurtosis of a million`() {
    let count = 1e6
    #expect(NormalDrawsTests.million.count == 1_000_000)
    var sums = [0.0, 0, 0, 0]
    for number in NormalDrawsTests.million {
      let square = number * number
      sums[0] += number
      sums[1] += square
      sums[2] += square * number
      sums[3] += square * square
    }
    let mean = sums[0] / count
    let variance = sums[1] / count - mean * mean
    let third = sums[2] / count - 3 * mean * sums[1] / count + 2 * mean * mean * mean
    let fourth =
      sums[3] / count - 4 * mean * sums[2] / count + 6 * mean * mean * sums[1] / count
      - 3 * mean * mean * mean * mean
    let bound = NormalDrawsTests.chance / count.squareRoot()
    #expect(abs(mean) < bound)
    #expect(abs(variance - 1) < bound * 2.0.squareRoot())
    #expect(abs(third / pow(variance, 1.5)) < bound * 6.0.squareRoot())
    #expect(abs(fourth / (variance * variance) - 3) < bound * 24.0.squareRoot())
  }

  @Test(arguments: [1.0, 2, 3, 4]) func `shares beyond a size, of a million`(size: Double) {
    let share = erfc(size / 2.0.squareRoot()) / 2
    var above = 0.0
    var below = 0.0
    for number in NormalDrawsTests.million {
      if number > size { above += 1 }
      if number < -size { below += 1 }
    }
    let bound = NormalDrawsTests.chance * (1e6 * share * (1 - share)).squareRoot()
    #expect(abs(above - 1e6 * share) < bound)
    #expect(abs(below - 1e6 * share) < bound)
  }

  /// The distance of the shares found from Φ at 20,000 points; by chance one in 10,000 is over.
  ///
  /// Source: Massart (1990), The tight constant in the Dvoretzky–Kiefer–Wolfowitz inequality.
  @Test func `the distribution function of a million`() {
    let points = 20_000
    var counts = [Int](repeating: 0, count: points)
    for number in NormalDrawsTests.million {
      counts[min(points - 1, Int(erfc(-number / 2.0.squareRoot()) / 2 * Double(points)))] += 1
    }
    var below = 0
    var distance = 0.0
    for point in 0..<points {
      below += counts[point]
      distance = max(distance, abs(Double(below) / 1e6 - Double(point + 1) / Double(points)))
    }
    #expect(distance < (-log(0.5e-4) / 2 / 1e6).squareRoot())
  }

  /// What two neighbours differ in.
  enum Neighbour: CaseIterable {
    case draw, county, year, source, seed, number
  }

  @Test(arguments: Neighbour.allCases)
  func `neighbours do not hang together`(neighbour: Neighbour) {
    let draws = NormalDraws(seed: 11)
    let otherDraws = NormalDraws(seed: 12)
    // Σ xy and Σ (x² − 1)(y² − 1), of variances 1 and 4 a pair.
    var products = 0.0
    var squares = 0.0
    let count = 80_000
    for block in 0..<(count / 8) {
      let (county, first) = (UInt32(block % 100), 8 * (block / 100))
      let left: SIMD8<Double>
      let right: SIMD8<Double>
      if neighbour == .number {
        // The two uniforms of a counter, with mean 0 and variance 1.
        let uniforms = draws.uniforms(first: first, county: county, year: 2030, source: 77)
        left = (uniforms.first - 0.5) * 12.0.squareRoot()
        right = (uniforms.second - 0.5) * 12.0.squareRoot()
      } else {
        left = draws.normals(first: first, county: county, year: 2030, source: 77)
        let from = neighbour == .seed ? otherDraws : draws
        right = from.normals(
          first: neighbour == .draw ? first + 1 : first,
          county: neighbour == .county ? county + 1 : county,
          year: neighbour == .year ? 2031 : 2030, source: neighbour == .source ? 78 : 77)
      }
      products += (left * right).sum()
      squares += ((left * left - 1) * (right * right - 1)).sum()
    }
    let bound = NormalDrawsTests.chance * Double(count).squareRoot()
    #expect(abs(products) < bound)
    #expect(abs(squares) < 2 * bound)
  }
}
