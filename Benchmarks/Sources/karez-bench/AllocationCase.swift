import Foundation
import FundAllocation
import PolicyModel

/// The input of one allocation: shares, floors, caps, and pools that take turns, so that no
/// repetition is like the one before and none can be left out.
struct AllocationCase {
  static let poolCount = 64

  let shares: [Double]
  let floors: [Double]
  let caps: [Double]
  let pools: [Double]
  /// Quantum of 1 万元: 10⁶ fen.
  let money = LedgerMoney(quantum: Money(fen: 1_000_000))

  /// Shares and last year's amounts apart by up to a quarter, floors of 0.9, caps of 1.2: some
  /// two in five recipients stand at a bound.
  init(recipients: Int, seed: UInt64) {
    var random = Random(seed: seed)
    let sizes = (0..<recipients).map { _ in random.size(0.2, 4) }
    let sum = sizes.reduce(0, +)
    let shares = sizes.map { $0 / sum }
    let pool = Double(recipients) * 56e8
    let money = money
    let before = shares.map { $0 * pool * random.uniform(0.75, 1.25) }
    self.shares = shares
    floors = before.map { money.roundedToQuantum(0.9 * $0) }
    caps = before.map { money.roundedToQuantum(1.2 * $0) }
    pools = (0..<AllocationCase.poolCount).map {
      money.roundedToQuantum((0.97 + 0.001 * Double($0)) * pool)
    }
  }

  /// The allocation that the ledger makes.
  @inline(never)
  func allocation(of pool: Int) -> Placement<Double> {
    Placement(shares: shares, floors: floors, caps: caps, pool: pools[pool], money: money)
  }

  /// The amounts of every pool, one after the other.
  var answer: [Double] { pools.indices.flatMap { allocation(of: $0).amounts } }

  /// Everything as little-endian doubles, in the order of the properties.
  var bytes: Data { AllocationCase.bytes(of: shares + floors + caps + pools) }

  /// Numbers as little-endian doubles.
  static func bytes(of values: [Double]) -> Data {
    var data = Data()
    for value in values {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        data.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
      }
    }
    return data
  }

  /// Little-endian doubles of a file.
  static func doubles(in data: Data) -> [Double] {
    let bytes = [UInt8](data)
    return stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
      Double(
        bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * $1) })
    }
  }
}
