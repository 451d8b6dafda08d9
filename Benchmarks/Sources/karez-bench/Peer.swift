import Foundation

/// A program that does the same work, kept running so that its start is not timed: one command a
/// line in, one line out.
final class Peer {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var buffer = Data()

  init(interpreter: String, script: String) throws {
    process.executableURL = URL(fileURLWithPath: interpreter)
    process.arguments = [script]
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
  func time(repetitions: Int) throws -> Double {
    let answer = try ask("time \(repetitions)")
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
