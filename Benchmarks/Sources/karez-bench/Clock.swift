import Foundation

/// Processor time of this process, which other jobs on the machine disturb less than the clock on
/// the wall.
enum Clock {
  static var processorSeconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Processor seconds of one of so many repetitions.
  static func seconds(repetitions: Int, _ body: (Int) throws -> Void) rethrows -> Double {
    let start = processorSeconds
    for repetition in 0..<repetitions { try body(repetition) }
    return (processorSeconds - start) / Double(repetitions)
  }
}

/// Figures of several rounds.
struct Sample {
  let values: [Double]

  var median: Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  var least: Double { values.min() ?? .nan }
  var largest: Double { values.max() ?? .nan }

  /// This sample's rounds over another's, round by round.
  func ratios(to other: Sample) -> Sample {
    Sample(values: zip(values, other.values).map { $0 / $1 })
  }
}

/// A benchmark that cannot be carried out, or whose answers are wrong.
struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
