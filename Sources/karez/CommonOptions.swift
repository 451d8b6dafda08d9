import ArgumentParser
import Documents
import Foundation
import PolicyModel
import ScenarioRunner

extension Language: ExpressibleByArgument {}
extension TableFormat: ExpressibleByArgument {}

/// Options that every command has.
struct CommonOptions: ParsableArguments {
  @Option(help: "Form of the result: table, markdown, csv or json.")
  var format = TableFormat.table

  @Option(help: "Language of results and messages: en or zh. Default: from LC_ALL or LANG.")
  var lang: Language?

  @Flag(help: "No warnings and no progress on standard error.")
  var quiet = false

  var language: Language { lang ?? Terminal.language }

  /// Prints a document on standard output.
  func show(_ document: Document) {
    Terminal.write(document.rendered(as: format, width: Terminal.width))
  }

  /// Prints warnings on standard error.
  func warn(_ lines: [String]) {
    if quiet { return }
    let label = language == .chinese ? "提示：" : "note: "
    for line in lines { Terminal.writeError(label + line) }
  }

  /// Shows how far a long work is, on standard error; nothing where there is no terminal.
  var progress: @Sendable (Int, Int) -> Void {
    if quiet || isatty(2) == 0 { return { _, _ in } }
    return { done, all in
      let step = max(1, all / 100)
      if all < 200 || (done % step != 0 && done != all) { return }
      let end = done == all ? "\n" : ""
      try? FileHandle.standardError.write(contentsOf: Data("\r\(done) / \(all)\(end)".utf8))
    }
  }

  /// Shows pieces of work done and time left on standard error: on one line of a terminal, else a
  /// line every half a minute.
  func timedProgress(
    of piece: Wording = Wording("draw", "次抽样")
  ) -> @Sendable (Int, Int) -> Void {
    if quiet { return { _, _ in } }
    let meter = ProgressMeter(isTerminal: isatty(2) != 0, language: language, piece: piece)
    return { done, all in meter.show(done, of: all) }
  }

  /// Shows how many points a search has tried, on one line of a terminal; nothing where there is none.
  var countedProgress: @Sendable (Int) -> Void {
    if quiet || isatty(2) == 0 { return { _ in } }
    let words = language == .chinese ? "已试%d个点" : "%d points tried"
    return { count in
      if count % 64 >= 8 { return }
      let line = "\r" + words.replacingOccurrences(of: "%d", with: "\(count)") + "\u{1B}[K\r"
      try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }
  }

  /// Runs a command's body; a failure is printed and ends with its exit code.
  func guarded(_ body: () throws(RunFailure) -> Void) throws {
    do throws(RunFailure) {
      try body()
    } catch {
      let label = language == .chinese ? "错误：" : "error: "
      for problem in error.problems {
        Terminal.writeError(label + problem.text(in: language))
      }
      let count = error.problems.count
      if error.exitCode == 65 {
        Terminal.writeError(
          language == .chinese
            ? "共\(count)个问题；未计算、未写出任何内容。"
            : "\(count) problem\(count == 1 ? "" : "s"); nothing was computed or written.")
      }
      throw ExitCode(error.exitCode)
    }
  }
}

/// Standard streams and the environment of the terminal.
enum Terminal {
  /// Columns of the terminal, or 100.
  static var width: Int {
    ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }.map { max(40, $0) } ?? 100
  }

  /// Chinese where the environment says so, else English.
  static var language: Language {
    let environment = ProcessInfo.processInfo.environment
    let name = environment["LC_ALL"] ?? environment["LANG"] ?? ""
    return name.hasPrefix("zh") ? .chinese : .english
  }

  /// Writes on standard output; where that is closed or full the command ends with 73.
  static func write(_ text: String) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      writeError("error: standard output cannot be written")
      Karez.exit(withError: ExitCode(73))
    }
  }

  static func writeError(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((withoutControls(line) + "\n").utf8))
  }
}

/// Which build this is: what the compiler was allowed to use.
var buildDescription: String {
  #if DEBUG
    "debug build"
  #elseif KAREZ_NATIVE
    "release build for the processor it was made on"
  #else
    "portable release build"
      + (ProcessorLevel.ofThisBuild.map { " for processors of level \($0.rawValue)" } ?? "")
  #endif
}
