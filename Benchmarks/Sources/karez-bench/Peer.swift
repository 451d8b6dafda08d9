import Foundation

/// A program that does the same work, kept running so that its start is not timed: one command a
/// line in, one line out.
final class Peer {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var buffer = Data()

  /// Starts a program with arguments, such as an interpreter with a script.
  init(_ program: String, _ arguments: [String] = []) throws {
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    var environment = ProcessInfo.processInfo.environment
    for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
      environment[name] = "1"
    }
    process.environment = environment
    try process.run()
  }

  /// Sends a command and waits for its answer.
  func ask(_ command: String) throws -> String {
    try input.fileHandleForWriting.write(contentsOf: Data((command + "\n").utf8))
    return try answer(to: command)
  }

  /// Waits for the line with which a program says that it has set itself up.
  func start() throws -> String { try answer(to: "start") }

  private func answer(to command: String) throws -> String {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer = Data(buffer[(end + 1)...])
        return line
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { throw BenchmarkFailure("the peer ended at \"\(command)\"") }
      buffer.append(more)
    }
  }

  /// Processor seconds of one allocation.
  func time(repetitions: Int) throws -> Double { try seconds("time \(repetitions)") }

  /// The seconds that a command is answered with.
  func seconds(_ command: String) throws -> Double {
    let answer = try ask(command)
    guard let seconds = Double(answer) else {
      throw BenchmarkFailure("the peer answered \"\(answer)\" in place of a time")
    }
    return seconds
  }

  func end() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
