import Foundation
import WeightFitting

/// Karez's weights as a program that answers the same commands as its peer
/// (Peers/weights_pymcdm.py), so that builds for different processors are timed alike.
struct WeightsProgram {
  private var tables: [IndicatorColumns] = []

  /// Answers commands until the input ends.
  mutating func run() throws {
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      guard let command = words.first else { continue }
      let numbers = words.dropFirst().compactMap { Int($0) }
      switch (command, words.count) {
      case ("load", 5) where numbers.count >= 3:
        try load(words[1], Array(numbers.suffix(3)))
      case ("time", 3) where numbers.count == 1:
        answer(try seconds(try method(words[1]), repetitions: numbers[0]))
      case ("answer", 3): try write(try method(words[1]), to: words[2])
      case ("version", _): answer(EnsembleProgram.version)
      default: throw BenchmarkFailure("what is this command: \(line)")
      }
    }
  }

  private func answer(_ value: some CustomStringConvertible) {
    FileHandle.standardOutput.write(Data("\(value)\n".utf8))
  }

  private func method(_ name: String) throws -> ObjectiveMethod {
    guard let method = ObjectiveMethod(rawValue: name) else {
      throw BenchmarkFailure("what is this method: \(name)")
    }
    return method
  }

  private mutating func load(_ path: String, _ shape: [Int]) throws {
    let (count, rows, columns) = (shape[0], shape[1], shape[2])
    let values = AllocationCase.doubles(in: try Data(contentsOf: URL(fileURLWithPath: path)))
    guard values.count == count * rows * columns else {
      throw BenchmarkFailure("the file has another length")
    }
    tables = (0..<count).map { table in
      IndicatorColumns(
        values: (0..<columns).map { column in
          let start = (table * columns + column) * rows
          return Array(values[start..<(start + rows)])
        }, costs: Array(repeating: false, count: columns))
    }
    answer("loaded")
  }

  private func seconds(_ method: ObjectiveMethod, repetitions: Int) throws -> Double {
    var sum = 0.0
    let seconds = try Clock.seconds(repetitions: repetitions) { repetition in
      let table = tables[repetition % tables.count]
      sum += try ObjectiveWeights(table, method: method).weights[0]
    }
    if sum <= 0 { throw BenchmarkFailure("nothing was weighed") }
    return seconds
  }

  private func write(_ method: ObjectiveMethod, to path: String) throws {
    let weights = try tables.flatMap { try ObjectiveWeights($0, method: method).weights }
    try AllocationCase.bytes(of: weights).write(to: URL(fileURLWithPath: path))
    answer("written")
  }
}
