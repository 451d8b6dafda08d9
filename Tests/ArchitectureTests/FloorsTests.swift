import Foundation
import TestFixtures
import Testing

/// The house (README, architecture): imports only point down, unsafe code stands in named files.
struct FloorsTests {
  /// The floor of every module; two modules on one floor do not know each other.
  private static let floors = [
    "CLAPACK": 0, "CNLopt": 0, "CSQLite": 0, "CVectors": 0, "CXLSXWriter": 0, "CZip": 0,
    "LinearAlgebra": 1, "Optimization": 1, "Statistics": 1, "PolicyModel": 2, "FundAllocation": 3,
    "Simulation": 4, "WeightFitting": 4, "Comparison": 5, "Sensitivity": 5, "Documents": 6,
    "ScenarioFiles": 7, "Reporting": 7, "ScenarioRunner": 8, "karez": 9,
  ]

  /// What stands outside the house, and who may use it.
  private static let guests = [
    "CLAPACK": ["LinearAlgebra"], "CNLopt": ["Optimization"], "CSQLite": ["Documents"],
    "CVectors": ["Statistics", "FundAllocation"],
    "CXLSXWriter": ["Documents"], "CZip": ["ScenarioFiles"],
    "Yams": ["ScenarioFiles"], "ArgumentParser": ["karez"],
    "Dispatch": ["ScenarioRunner"], "Synchronization": ["ScenarioRunner", "karez"],
  ]

  /// Libraries of the system that any module may use; Foundation only above the pure floors.
  private static let system: Set = ["Glibc", "Musl", "Darwin"]
  private static let highestPureFloor = 5

  /// Files that may hold the word that marks unsafe code.
  private static let unsafeFiles: Set = [
    "LinearAlgebra/LAPACKCalls.swift", "FundAllocation/LawNumber+Lanes.swift",
    "Optimization/NLoptCalls.swift", "Statistics/VectorMath.swift", "Statistics/EightRows.swift",
    "ScenarioFiles/ZipCalls.swift", "Documents/XLSXCalls.swift", "Documents/SQLiteCalls.swift",
    "Documents/XLSXCalls+Forms.swift", "FundAllocation/LawNumber+Draws.swift",
    "ScenarioRunner/ProgramVariant.swift",
  ]

  private struct Source {
    let module: String
    let path: String
    let lines: [String]
  }

  private static func sources(in folder: String) throws -> [Source] {
    let root = ReferenceFile.url("../../\(folder)").standardizedFileURL
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    return try names.filter { $0.hasSuffix(".swift") }.map { name in
      let text = try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
      return Source(
        module: name.split(separator: "/").first.map(String.init) ?? "", path: name,
        lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
  }

  /// The module that a line imports, whatever stands before and after the word.
  private func imported(_ line: String) -> String? {
    let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
    guard let position = words.firstIndex(of: "import"), position + 1 < words.count,
      words[..<position].allSatisfy({ word in
        word.hasPrefix("@") || ["public", "internal", "package", "private"].contains(word)
      })
    else { return nil }
    let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    let rest = words[(position + 1)...].drop { kinds.contains($0) }
    return rest.first?.split(separator: ".").first.map(String.init)
  }

  private func isAllowed(_ name: String, in module: String) -> Bool {
    let floor = FloorsTests.floors[module] ?? 0
    if let hosts = FloorsTests.guests[name] { return hosts.contains(module) }
    if FloorsTests.system.contains(name) { return true }
    if name.hasPrefix("Foundation") { return floor > FloorsTests.highestPureFloor }
    return FloorsTests.floors[name].map { $0 < floor } ?? false
  }

  @Test func `imports only point down`() throws {
    let sources = try FloorsTests.sources(in: "Sources")
    #expect(sources.count > 50)
    var count = 0
    for source in sources {
      #expect(FloorsTests.floors[source.module] != nil, "\(source.module) has no floor")
      for (index, line) in source.lines.enumerated() {
        guard let name = imported(line) else { continue }
        count += 1
        #expect(
          isAllowed(name, in: source.module),
          "\(source.path):\(index + 1): \(source.module) may not import \(name)")
      }
    }
    #expect(count > 50)
  }

  @Test func `import lines are read in all their forms`() {
    #expect(imported("import Yams") == "Yams")
    #expect(imported("  import Glibc") == "Glibc")
    #expect(imported("@preconcurrency import Foundation") == "Foundation")
    #expect(imported("public import struct Foundation.Data") == "Foundation")
    #expect(imported("// import Yams") == nil)
    #expect(imported("let text = \"import Yams\"") == nil)
  }

  @Test func `the floors refuse what they should`() {
    #expect(isAllowed("PolicyModel", in: "Simulation"))
    #expect(!isAllowed("Simulation", in: "PolicyModel"))
    #expect(!isAllowed("Statistics", in: "LinearAlgebra"))
    #expect(!isAllowed("Reporting", in: "ScenarioFiles"))
    #expect(!isAllowed("CLAPACK", in: "Statistics"))
    #expect(isAllowed("CVectors", in: "Statistics") && !isAllowed("CVectors", in: "Simulation"))
    #expect(!isAllowed("Foundation", in: "Comparison"))
    #expect(!isAllowed("Surprise", in: "karez"))
  }

  /// A line without its comment and without what stands in quotes.
  private func code(_ line: String) -> String {
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    let bare = stride(from: 0, to: parts.count, by: 2).map { String(parts[$0]) }
      .joined(separator: "\"\"")
    return bare.range(of: "//").map { String(bare[..<$0.lowerBound]) } ?? bare
  }

  @Test func `unsafe code stands in named files only`() throws {
    let marks = ["unsafe", "Unsafe", "@unchecked", "withUnsafe"]
    var found: Set<String> = []
    for source in try FloorsTests.sources(in: "Sources") {
      if source.lines.contains(where: { line in marks.contains { code(line).contains($0) } }) {
        found.insert(source.path)
      }
    }
    #expect(found == FloorsTests.unsafeFiles)
  }

  @Test(arguments: ["Sources", "Tests"]) func `no file is longer than 500 lines`(folder: String)
    throws
  {
    for source in try FloorsTests.sources(in: folder) {
      #expect(source.lines.count <= 501, "\(source.path) has \(source.lines.count - 1) lines")
    }
  }

  @Test func `scenario files that the help names are there`() throws {
    var found: Set<String> = []
    for source in try FloorsTests.sources(in: "Sources") {
      for line in source.lines {
        found.formUnion(
          line.matches(of: /Scenarios\/[a-z0-9-]+\/[A-Za-z0-9._-]+\.yaml/).map { String($0.output) }
        )
      }
    }
    #expect(!found.isEmpty)
    for path in found {
      let file = ReferenceFile.url("../../\(path)").standardizedFileURL.path
      #expect(FileManager.default.fileExists(atPath: file), "\(path)")
    }
  }

  @Test func `nothing is forced`() throws {
    for source in try FloorsTests.sources(in: "Sources") {
      for (index, line) in source.lines.enumerated() {
        let code = code(line)
        #expect(!code.contains("try!") && !code.contains("as!"), "\(source.path):\(index + 1)")
      }
    }
  }
}
