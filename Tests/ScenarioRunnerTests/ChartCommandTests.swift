import Foundation
import PolicyModel
import Reporting
import TestFixtures
import Testing

@testable import ScenarioRunner

/// `karez chart`: folders in, pictures out, and what it refuses.
@Suite struct ChartCommandTests {
  private static let files = ["worked/baseline.yaml", "worked/performance-40.yaml"]
    .map { ShippedScenario.path($0) }

  /// A folder of results and a place for pictures.
  private func withRun(draws: Int? = nil, _ body: (String) throws -> Void) throws {
    try ShippedScenario.withTemporaryFolder { folder in
      let request = RunRequest(scenarios: Self.files, language: .english)
      if let draws {
        try CompareOutcome(CompareRequest(run: request, draws: draws)).write(to: folder + "/run")
      } else {
        try RunOutcome(request).write(to: folder + "/run")
      }
      try body(folder)
    }
  }

  private func request(
    _ folder: String, _ selection: ChartRequest.Selection, out: String = "chart.svg"
  ) -> ChartRequest {
    ChartRequest(
      folder: folder + "/run", selection: selection, language: .english, out: folder + "/" + out,
      image: out.hasSuffix("png") ? .png : .svg)
  }

  /// The messages of a failure in both languages; empty if there is none.
  private func failure(_ request: ChartRequest) -> (english: [String], chinese: [String]) {
    do throws(RunFailure) {
      try ChartOutcome(request).write()
      return ([], [])
    } catch {
      #expect(error.exitCode == 65)
      return (
        error.problems.map { $0.text(in: .english) }, error.problems.map { $0.text(in: .chinese) }
      )
    }
  }

  @Test func `one picture is written where it is wanted`() throws {
    try withRun { folder in
      let outcome = try ChartOutcome(request(folder, .one(.waterfall), out: "new/why.svg"))
      try outcome.write()
      let text = try String(contentsOfFile: folder + "/new/why.svg", encoding: .utf8)
      #expect(try SVGDocument(text).elements[0].name == "svg")
      #expect(outcome.document.tables[0].rows[0][0].text == "why.svg")
      #expect(
        outcome.document.rendered(as: .markdown).contains(
          "SYNTHETIC DATA: 7 indicators are made up"))
    }
  }

  @Test func `all writes what it can and says what it cannot`() throws {
    try withRun { folder in
      let outcome = try ChartOutcome(request(folder, .all, out: "pictures"))
      try outcome.write()
      let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/pictures").sorted()
      #expect(
        names == [
          "change-by-county.svg", "grade-flows.svg", "lorenz.svg", "need-scatter.svg",
          "trajectories.svg", "waterfall.svg",
        ])
      #expect(
        outcome.notes == [
          "map: no county has coordinates; add the columns lon and lat to counties.csv",
          "dots: intervals need draws; name a folder that karez compare --out wrote",
        ])
    }
  }

  @Test func `the same folder gives the same bytes, and draws give intervals`() throws {
    try withRun(draws: 40) { folder in
      let texts = try (0..<2).map { _ in
        try ChartOutcome(request(folder, .one(.dots))).files()[0].bytes
      }
      #expect(texts[0] == texts[1])
      let text = String(decoding: texts[0], as: UTF8.self)
      let marks = try SVGDocument(text).elements.filter { $0.attributes["data-label"] != nil }
      #expect(marks.count == 3)
      #expect(text.contains("40 draws; amounts in percent"))
      let lines = try ChartOutcome(request(folder, .one(.trajectories))).files()[0].bytes
      #expect(String(decoding: lines, as: UTF8.self).contains("fill-opacity=\"0.13\""))
    }
  }

  @Test func `unknown names are told with the nearest`() throws {
    try withRun { folder in
      var request = request(folder, .one(.trajectories))
      request.scenario = "worked-performance-4"
      request.metric = "gini_amont"
      request.county = "65000"
      request.stream = "consolidatio"
      request.year = 2031
      let (english, chinese) = failure(request)
      #expect(
        english == [
          "unknown scenario \"worked-performance-4\"; did you mean \"worked-performance-40\"?",
          "unknown metric \"gini_amont\"; did you mean \"gini_amount\"?",
          "unknown stream \"consolidatio\"; did you mean \"consolidation\"?",
          "unknown county \"65000\"; did you mean \"650001\"?",
          "the run has no year 2031; it covers 2024–2026",
        ])
      #expect(
        chinese == [
          "未知的情景“worked-performance-4”；是否指“worked-performance-40”？",
          "未知的指标“gini_amont”；是否指“gini_amount”？",
          "未知的任务方向“consolidatio”；是否指“consolidation”？",
          "未知的县市区“65000”；是否指“650001”？", "运行不含2031年；区间为2024–2026",
        ])
      #expect(!FileManager.default.fileExists(atPath: folder + "/chart.svg"))
    }
  }

  @Test func `a folder without a run is refused`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      let (english, chinese) = failure(request(folder, .one(.lorenz)))
      #expect(english == ["\(folder)/run/run.json: there is no such file; check the path"])
      #expect(chinese == ["\(folder)/run/run.json: 文件不存在；请检查路径"])
    }
  }

  @Test func `inputs that changed or went since the run are refused`() throws {
    let scenario = try TemporaryFolder(SoundScenario.files)
    let path = scenario / "scenario.yaml"
    try ShippedScenario.withTemporaryFolder { folder in
      try RunOutcome(RunRequest(scenarios: [path], language: .english)).write(to: folder + "/run")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try scenario.write("scenario.yaml", Array((text + "\n# later\n").utf8))
      let place = RunRecord.path(path, origin: folder + "/run/.")
      let changed = failure(request(folder, .one(.lorenz)))
      #expect(
        changed.english == [
          "\(place): has changed since the run; run again, so that pictures and tables show the same"
        ])
      #expect(changed.chinese == ["\(place): 自运行以来已被修改；请重新运行，使图表与数据一致"])
      try FileManager.default.removeItem(atPath: path)
      let gone = failure(request(folder, .one(.lorenz)))
      #expect(
        gone.english == [
          "\(place): the run read this file and it is missing; put it back, or run again"
        ])
      #expect(gone.chinese == ["\(place): 运行时读取的文件缺失；请恢复该文件或重新运行"])
    }
  }

  @Test func `a part of an ensemble and an edited table are refused`() throws {
    try withRun(draws: 10) { folder in
      let table = folder + "/run/ensemble.csv"
      let text = try String(contentsOfFile: table, encoding: .utf8)
      try (text + "x,2024,gini_amount,1,1,1,1,1,1,1\n").write(
        toFile: table, atomically: true, encoding: .utf8)
      let edited = failure(request(folder, .one(.dots)))
      #expect(
        edited.english == ["\(table): was changed after karez compare wrote it; compare again"])
      #expect(edited.chinese == ["\(table): 在 karez compare 写出后被修改；请重新运行 compare"])
      let part = CompareRequest(
        run: RunRequest(scenarios: Self.files, language: .english), draws: 1_000,
        shard: Shard("1/2"))
      try CompareOutcome(part).write(to: folder + "/part")
      var shard = request(folder, .one(.dots))
      shard.folder = folder + "/part"
      let refused = failure(shard)
      #expect(
        refused.english == [
          "\(folder)/part: this is part 1/2 of an ensemble; join the parts with karez merge first"
        ])
      #expect(refused.chinese == ["\(folder)/part: 这是抽样结果的第1/2部分；请先用 karez merge 合并"])
    }
  }

  @Test func `a tornado shows what sensitivity wrote, the strongest first`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/run", withIntermediateDirectories: true)
      let table = folder + "/run/sensitivity.csv"
      try """
      metric,year,method,input,measure,value,low,high
      gini_amount,2028,sobol,weak,first,0.05,0.01,0.09
      gini_amount,2028,sobol,weak,total,0.1,0.05,0.15
      gini_amount,2028,sobol,strong,total,0.8,0.7,0.9
      """.write(toFile: table, atomically: true, encoding: .utf8)
      var request = request(folder, .tornado)
      let outcome = try ChartOutcome(request)
      let text = String(decoding: try outcome.files()[0].bytes, as: UTF8.self)
      let marks = try SVGDocument(text).elements.compactMap { $0.attributes["data-label"] }
      #expect(marks == ["strong: 80.0 %", "weak: 10.0 %"])
      #expect(outcome.marks == ["sensitivity.csv does not say which of its data are synthetic."])
      for (data, expected) in [
        ("synthetic", "SYNTHETIC DATA: sensitivity.csv rests on data made up for demonstration."),
        ("unmarked", "Not all data behind sensitivity.csv are marked as observed or synthetic."),
        ("observed", nil),
      ] {
        try """
        metric,year,input,measure,value,data
        gini_amount,2028,weak,total,0.1,\(data)
        gini_amount,2028,strong,total,0.8,observed
        """.write(toFile: table, atomically: true, encoding: .utf8)
        #expect(try ChartOutcome(request).marks == (expected.map { [$0] } ?? []))
      }
      try FileManager.default.removeItem(atPath: table)
      try "metric,year,input,measure,value\ngini_amount,2028,weak,total,0.1\n"
        .write(toFile: table, atomically: true, encoding: .utf8)
      request.metric = "gini_amout"
      let (english, chinese) = failure(request)
      #expect(
        english == [
          "\(table): has no total, shapley or mu_star of gini_amout; did you mean \"gini_amount\"?"
        ])
      #expect(
        chinese == ["\(table): 没有gini_amout的total、shapley或mu_star；是否指“gini_amount”？"])
    }
  }

  @Test func `PNG without its program is refused, and the way out named`() {
    do throws(RunFailure) {
      _ = try PNGConverter(folders: ["/nowhere"]).png(ofSVG: "<svg/>")
      Issue.record("made a PNG without a program")
    } catch {
      #expect(error.exitCode == 65)
      #expect(
        error.problems.map { $0.text(in: .english) } == [
          "PNG needs the program rsvg-convert (Debian package librsvg2-bin), which is not installed; "
            + "write .svg instead, which Word opens as it is"
        ])
      #expect(
        error.problems.map { $0.text(in: .chinese) } == [
          "生成PNG需要程序rsvg-convert（Debian软件包librsvg2-bin），当前未安装；可改用.svg，Word可直接打开"
        ])
    }
  }

  @Test func `a program that fails is named`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      let program = folder + "/rsvg-convert"
      try "#!/bin/sh\nexit 3\n".write(toFile: program, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      do throws(RunFailure) {
        _ = try PNGConverter(folders: [folder]).png(ofSVG: "<svg/>")
        Issue.record("made a PNG with a program that fails")
      } catch {
        #expect(
          error.problems.map { $0.text(in: .english) } == [
            "\(program): the program could not make the PNG; write .svg instead"
          ])
        #expect(
          error.problems.map { $0.text(in: .chinese) } == ["\(program): 该程序未能生成PNG；请改用.svg"])
      }
    }
  }
}
