import Foundation

/// The same program built for a higher level of processors, in a file beside it:
/// `karez-x86-64-v3` beside `karez`.
public enum ProgramVariant {
  /// Why a program cannot go on: its variant is of another version, or cannot be started.
  public struct Failure: Error, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String
  }

  /// Says to a variant which version started it.
  private static let mark = "KAREZ_STARTED_BY"

  /// Goes on as the variant for the highest level that this processor reaches; comes back where there
  /// is none beside this program, or where this is a variant itself.
  ///
  /// Programs lie beside each other as `make static` puts them.
  public static func start() throws(Failure) {
    #if os(Linux) && arch(x86_64)
      if let level = ProcessorLevel.ofThisBuild {
        let version = ProcessInfo.processInfo.environment[mark]
        unsafe unsetenv(mark)
        try require(version: version, level)
        return
      }
      let files = FileManager.default
      guard let program = try? files.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
        let variant = best(
          of: program, isThere: files.isExecutableFile, processor: { firstProcessor })
      else { return }
      unsafe setenv(mark, karezVersion, 1)
      unsafe execv(variant, CommandLine.unsafeArgv)
      let reason = unsafe String(cString: strerror(errno))
      throw Failure(
        description: "\(variant) cannot be started: \(reason); copy it anew, or remove it")
    #endif
  }

  /// The path of a program's variant of the highest level that a processor reaches, described as
  /// by Linux; the description is asked for where there is a variant.
  static func best(
    of program: String, isThere: (String) -> Bool, processor: () -> String
  ) -> String? {
    func path(_ level: ProcessorLevel) -> String { "\(program)-\(level.rawValue)" }
    let levels = ProcessorLevel.allCases.filter { isThere(path($0)) }
    if levels.isEmpty { return nil }
    return ProcessorLevel.reached(by: processor()).first(where: levels.contains).map(path)
  }

  /// What Linux says of the first processor: the beginning of a text as long as there are processors.
  private static var firstProcessor: String {
    let file = FileHandle(forReadingAtPath: "/proc/cpuinfo")
    return String(decoding: (try? file?.read(upToCount: 1 << 14)) ?? Data(), as: UTF8.self)
  }

  /// Refuses to be the variant of another version, whose numbers may be others.
  static func require(version: String?, _ level: ProcessorLevel) throws(Failure) {
    guard let version, version != karezVersion else { return }
    throw Failure(
      description: "this program is of version \(version), its file for \(level.rawValue) of "
        + "\(karezVersion); copy all its files from one build")
  }
}
