import Testing

@testable import ScenarioRunner

struct ProgramVariantTests {
  private func processor(_ flags: String) -> String {
    "processor\t: 0\nmodel name\t: avx512f avx2 in its name\nflags\t\t: fpu sse2 \(flags)\nbugs\t\t: none\n"
  }

  private let third = "avx f16c abm bmi1 avx2 bmi2 movbe xsave fma"
  private let fourth = "avx512f avx512dq avx512cd avx512bw avx512vl"

  @Test func `a level needs all its instructions and those below`() {
    #expect(ProcessorLevel.reached(by: processor("")) == [])
    #expect(ProcessorLevel.reached(by: processor(third)) == [.v3])
    #expect(ProcessorLevel.reached(by: processor("\(third) \(fourth)")) == [.v4, .v3])
    #expect(ProcessorLevel.reached(by: processor(fourth)) == [])
    #expect(ProcessorLevel.reached(by: "") == [])
  }

  @Test(arguments: [
    "avx", "f16c", "abm", "bmi1", "avx2", "bmi2", "movbe", "xsave", "fma", "avx512f", "avx512dq",
    "avx512cd", "avx512bw", "avx512vl",
  ])
  func `one instruction less is a lower level`(missing: String) {
    let flags = "\(third) \(fourth)".split(separator: " ").filter { $0 != missing }
    let expected: [ProcessorLevel] = missing.hasPrefix("avx512") ? [.v3] : []
    #expect(ProcessorLevel.reached(by: processor(flags.joined(separator: " "))) == expected)
  }

  @Test func `the highest variant that is there is taken`() {
    let all = processor("\(third) \(fourth)")
    func best(_ processor: String, _ files: Set<String>) -> String? {
      ProgramVariant.best(of: "/opt/karez", isThere: files.contains, processor: { processor })
    }
    let both: Set = ["/opt/karez-x86-64-v3", "/opt/karez-x86-64-v4"]
    #expect(best(all, both) == "/opt/karez-x86-64-v4")
    #expect(best(all, ["/opt/karez-x86-64-v3"]) == "/opt/karez-x86-64-v3")
    #expect(best(processor(third), both) == "/opt/karez-x86-64-v3")
    #expect(best(processor(""), both) == nil)
    #expect(best(all, ["/opt/karez"]) == nil)
  }

  @Test func `a variant refuses another version`() throws {
    try ProgramVariant.require(version: karezVersion, .v3)
    try ProgramVariant.require(version: nil, .v3)
    let failure = #expect(throws: ProgramVariant.Failure.self) {
      try ProgramVariant.require(version: "0.0.9", .v3)
    }
    #expect(failure?.description.contains("copy all its files from one build") == true)
    #expect(failure?.description.contains("0.0.9") == true)
  }
}
