import Foundation
import PolicyModel
import ScenarioFiles
import TestFixtures
import Testing

struct InputFileTests {
  private func lines(_ folder: TemporaryFolder, _ names: [String] = ["scenario.yaml"]) -> [String] {
    var loader = ScenarioLoader()
    _ = loader.load(names.map { folder / $0 })
    return loader.problems.flatMap { problem in
      [Language.english, .chinese].map {
        problem.text(in: $0).split(separator: folder.path + "/").joined()
      }
    }
  }

  private func folder(_ name: String, _ bytes: [UInt8]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder(SoundScenario.files)
    try folder.write(name, bytes)
    return folder
  }

  @Test func `a file that is not there`() throws {
    #expect(
      lines(try TemporaryFolder([:])) == [
        "scenario.yaml: there is no such file; check the path", "scenario.yaml: 文件不存在；请检查路径",
      ])
  }

  @Test func `a folder for a file`() throws {
    let folder = try TemporaryFolder([:])
    try folder.makeFolder("scenario.yaml")
    #expect(
      lines(folder) == [
        "scenario.yaml: this is a folder; name a file in it", "scenario.yaml: 这是文件夹；请指定其中的文件",
      ])
  }

  @Test(arguments: ["scenario.yaml", "counties.csv", "indicators.csv"])
  func `what is no text is refused in every file`(name: String) throws {
    let binary = ["\(name): the file is binary, not text", "\(name): 这是二进制文件，不是文本"]
    let nul = try folder(name, Array("schema: 1\0\n".utf8))
    #expect(lines(nul).starts(with: binary))
    #expect(lines(try folder(name, [0x7F, 0x45, 0x4C, 0x46, 0, 0])).starts(with: binary))
    #expect(
      lines(try folder(name, [0xFF, 0xFE, 0x41, 0x00])).starts(with: [
        "\(name): the file is in UTF-16; save it as UTF-8", "\(name): 文件为UTF-16编码；请另存为UTF-8",
      ]))
    #expect(
      lines(try folder(name, [0x50, 0x4B, 0x03, 0x04, 1, 2])).starts(with: [
        "\(name): this is a ZIP archive or a workbook, not text; save the sheet as CSV, or name an "
          + ".xlsx workbook by data: { workbook: … }",
        "\(name): 这是压缩包或工作簿，不是文本；请将工作表另存为CSV，或用 data: { workbook: … } 引用.xlsx工作簿",
      ]))
    #expect(
      lines(try folder(name, [0x61, 0xFF, 0xFF, 0x0A])).starts(with: [
        "\(name): the text is neither UTF-8 nor GB18030; save it as UTF-8",
        "\(name): 文本既不是UTF-8也不是GB18030；请另存为UTF-8",
      ]))
  }

  @Test func `files that extend each other`() throws {
    let folder = try TemporaryFolder([
      "a.yaml": "extends: b.yaml\nname: a\n", "b.yaml": "extends: c.yaml\nname: b\n",
      "c.yaml": "extends: a.yaml\nname: c\n",
    ])
    #expect(
      lines(folder, ["a.yaml"]) == [
        "c.yaml:1:10: extends: files extend each other in a circle: a.yaml → b.yaml → c.yaml → a.yaml",
        "c.yaml:1:10: extends: extends 循环引用：a.yaml → b.yaml → c.yaml → a.yaml",
      ])
  }

  @Test func `two scenarios of one name`() throws {
    let folder = try TemporaryFolder(SoundScenario.files)
    try folder.write("copy.yaml", Array("extends: scenario.yaml\nname: base\n".utf8))
    #expect(
      lines(folder, ["scenario.yaml", "copy.yaml"]) == [
        "copy.yaml: name: the name \"base\" is taken by scenario.yaml already; names must differ",
        "copy.yaml: name: 名称“base”已被 scenario.yaml 使用；名称不得重复",
      ])
  }

  @Test func `mistakes of all files are told at once`() throws {
    var files = SoundScenario.files
    files["scenario.yaml"] = files["scenario.yaml"]?.replacingOccurrences(of: "cap:", with: "cup:")
    files["indicators.csv"] = files["indicators.csv"]?.replacingOccurrences(of: "20000", with: "x")
    let found = lines(try TemporaryFolder(files))
    #expect(found.contains { $0.hasPrefix("scenario.yaml:28:5: streams.s0.cup: unknown key") })
    #expect(found.contains { $0.hasPrefix("indicators.csv:2: rural_population: \"x\"") })
    #expect(found.contains { $0.hasPrefix("indicators.csv:2: income: \"x\"") })
  }

  // MARK: Encodings and separators

  private func load(_ files: [String: [UInt8]]) throws -> LoadedScenario {
    let folder = try TemporaryFolder([:])
    for (name, bytes) in files { try folder.write(name, bytes) }
    var loader = ScenarioLoader()
    return try #require(loader.load([folder / "scenario.yaml"]).first)
  }

  private func expectSame(_ left: LoadedScenario, _ right: LoadedScenario) {
    #expect(left.counties.counties == right.counties.counties)
    #expect(left.counties.flags == right.counties.flags)
    #expect(left.scenario.title == right.scenario.title)
    #expect(left.panel.columns.map(\.name) == right.panel.columns.map(\.name))
    for (left, right) in zip(left.panel.columns, right.panel.columns) {
      #expect(left.values.map(\.bitPattern) == right.values.map(\.bitPattern))
    }
  }

  private var files: [String: String] {
    var files = SoundScenario.files
    files["counties.csv"] = files["counties.csv"]?.replacingOccurrences(of: "East", with: "疏附县")
    files["scenario.yaml"] = files["scenario.yaml"]?.replacingOccurrences(of: "Base", with: "现行规则")
    return files
  }

  @Test func `UTF-8 with a mark, GB18030 and other line ends read the same`() throws {
    let plain = try load(files.mapValues { Array($0.utf8) })
    #expect(plain.counties.counties[0].name.english == "疏附县")
    expectSame(plain, try load(files.mapValues { [0xEF, 0xBB, 0xBF] + Array($0.utf8) }))
    let encoding = String.Encoding(rawValue: 0x8000_0632)
    expectSame(plain, try load(files.mapValues { Array($0.data(using: encoding) ?? Data()) }))
    let returns = files.mapValues { Array($0.replacingOccurrences(of: "\n", with: "\r\n").utf8) }
    expectSame(plain, try load(returns))
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func `every line end counts once`(end: String) throws {
    var files = SoundScenario.files
    files["indicators.csv"] = files["indicators.csv"]?
      .replacingOccurrences(of: "50000", with: "x").replacingOccurrences(of: "\n", with: end)
    let found = lines(try TemporaryFolder(files))
    #expect(found.first?.hasPrefix("indicators.csv:4: rural_population: \"x\"") == true)
  }

  @Test(arguments: ["\t", ";"]) func `other separators read the same`(separator: String) throws {
    var files = files
    let plain = try load(files.mapValues { Array($0.utf8) })
    for name in ["counties.csv", "indicators.csv"] {
      files[name] = files[name]?.replacingOccurrences(of: ",", with: separator)
    }
    expectSame(plain, try load(files.mapValues { Array($0.utf8) }))
  }

  @Test func `full-width digits and thousands separators are numbers in data`() throws {
    var files = files
    let plain = try load(files.mapValues { Array($0.utf8) })
    files["indicators.csv"] = files["indicators.csv"]?
      .replacingOccurrences(of: "20000,20000", with: "\"20,000\",２００００")
      .replacingOccurrences(of: "30000", with: " 3e4 ")
      .replacingOccurrences(of: "50000", with: "５０，０００")
    expectSame(plain, try load(files.mapValues { Array($0.utf8) }))
  }

  @Test func `an empty cell is missing, not 0`() throws {
    let loaded = try load(files.mapValues { Array($0.utf8) })
    let roads = try #require(loaded.panel.column(named: "roads"))
    #expect(roads.values[0] == 1)
    #expect(roads.values[1].isNaN)
  }

  // MARK: Junk

  /// Reads what may be anything; an error is as good as a scenario, a crash is not.
  private func survive(_ name: String, _ bytes: [UInt8]) throws {
    let folder = try folder(name, bytes)
    var loader = ScenarioLoader()
    let loaded = loader.load([folder / "scenario.yaml"])
    #expect(!loaded.isEmpty || !loader.problems.isEmpty)
    for problem in loader.problems {
      #expect(!problem.text(in: .english).isEmpty && !problem.text(in: .chinese).isEmpty)
    }
  }

  @Test(arguments: 0..<120) func `random bytes never crash`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let isPrintable = random.happens(0.5)
    let bytes = (0..<random.whole(0...400)).map { _ -> UInt8 in
      isPrintable ? UInt8(random.whole(9...126)) : UInt8(random.whole(0...255))
    }
    try survive(["scenario.yaml", "counties.csv", "indicators.csv"][random.whole(0...2)], bytes)
  }

  @Test(arguments: 0..<150) func `truncated and damaged files never crash`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let name = ["scenario.yaml", "scenario.yaml", "counties.csv", "indicators.csv"][
      random.whole(0...3)]
    var bytes = Array((SoundScenario.files[name] ?? "").utf8)
    if random.happens(0.5) { bytes.removeLast(random.whole(0...(bytes.count - 1))) }
    for _ in 0..<random.whole(0...4) where !bytes.isEmpty {
      let place = random.whole(0...(bytes.count - 1))
      let marks = Array("{}[]:,-#\"'|>&*!%@?\n\t0e9".utf8)
      switch random.whole(0...2) {
      case 0: bytes[place] = marks[random.whole(0...(marks.count - 1))]
      case 1: bytes.insert(marks[random.whole(0...(marks.count - 1))], at: place)
      default: bytes.remove(at: place)
      }
    }
    try survive(name, bytes)
  }

  @Test(arguments: ["[", "{ a: ", "- ", "a:\n ", "\"", "? ", "!!x ", "| "])
  func `a thousand openings never crash`(opening: String) throws {
    try survive("scenario.yaml", Array(String(repeating: opening, count: 1_000).utf8))
  }
}
