/// A level of the x86-64 instructions: what a compiler may use beyond those that every such processor
/// has.
///
/// The calculations are the same on every level, to the last bit; a higher one does more of them at
/// once.
///
/// Source: System V ABI, AMD64 supplement, micro-architecture levels.
public enum ProcessorLevel: String, CaseIterable, Sendable {
  /// Vectors of 256 bits: Intel since 2013, AMD since 2015.
  case v3 = "x86-64-v3"
  /// Vectors of 512 bits.
  case v4 = "x86-64-v4"

  /// The level that this build asks for; nil for one that runs on any processor of its kind, and for
  /// one made for the processor it was built on.
  public static var ofThisBuild: ProcessorLevel? {
    #if KAREZ_X86_64_V4
      .v4
    #elseif KAREZ_X86_64_V3
      .v3
    #else
      nil
    #endif
  }

  /// What the system calls the instructions that a level adds to the one below.
  private var flags: [Substring] {
    switch self {
    case .v3: ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"]
    case .v4: ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]
    }
  }

  /// The levels, the highest first, that a processor reaches which Linux describes so (the text of
  /// `/proc/cpuinfo`).
  static func reached(by description: String) -> [ProcessorLevel] {
    let line = description.split(separator: "\n").first { $0.hasPrefix("flags") }
    let known = Set((line ?? "").split(whereSeparator: { " \t:".contains($0) }))
    return allCases.prefix { known.isSuperset(of: $0.flags) }.reversed()
  }
}
