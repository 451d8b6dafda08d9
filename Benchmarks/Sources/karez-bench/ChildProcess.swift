import Foundation

/// A child that ran to its end: wall time from start to end, and the most memory it held.
struct ChildProcess {
  let wallSeconds: Double
  let peakMegabytes: Double

  /// Runs a program in a folder with its output thrown away.
  ///
  /// Not `Foundation.Process`, which collects the child itself and loses what it used.
  init(_ arguments: [String], folder: String) throws {
    guard FileManager.default.changeCurrentDirectoryPath(folder) else {
      throw BenchmarkFailure("no folder \(folder)")
    }
    var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
    unsafe words.append(nil)
    defer { unsafe words.forEach { unsafe free($0) } }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var child = pid_t()
    let clock = ContinuousClock()
    let start = clock.now
    guard unsafe posix_spawn(&child, arguments[0], &actions, nil, words, environ) == 0 else {
      throw BenchmarkFailure("cannot start \(arguments[0])")
    }
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
    let wall = start.duration(to: clock.now)
    if status != 0 {
      throw BenchmarkFailure("\(arguments.joined(separator: " ")) ended with status \(status)")
    }
    wallSeconds = Double(wall.components.seconds) + Double(wall.components.attoseconds) * 1e-18
    peakMegabytes = Double(usage.ru_maxrss) * 1_024 / 1e6
  }
}
