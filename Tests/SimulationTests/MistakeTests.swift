import PolicyModel
import ScenarioFiles
import Simulation
import TestFixtures
import Testing

struct MistakeTests {
  private static let mistakes = Mistake.all(
    in: (try? ReferenceFile.text("Reference/mistakes.txt")) ?? "")

  /// What compiling or running a scenario says, without the path of its folder.
  private func lines(_ files: [String: String]) throws -> (english: [String], chinese: [String]) {
    let folder = try TemporaryFolder(files)
    let problems = try problems(folder)
    func lines(_ language: Language) -> [String] {
      problems.map { $0.text(in: language).split(separator: folder.path + "/").joined() }
    }
    return (lines(.english), lines(.chinese))
  }

  private func problems(_ folder: TemporaryFolder) throws -> [Problem] {
    var loader = ScenarioLoader()
    do {
      let loaded = try #require(loader.load([folder / "scenario.yaml"]).first)
      if !loader.problems.isEmpty { return loader.problems }
      let plan = try Plan.compile(loaded.scenario, counties: loaded.counties, panel: loaded.panel)
      _ = try Ledger(plan)
      return []
    } catch let errors as CompileErrors {
      return errors.problems
    } catch let error as LawError {
      return [error.problem]
    }
  }

  @Test(arguments: mistakes) func `all that is said of a mistake`(mistake: Mistake) throws {
    let said = try lines(mistake.files)
    #expect(!mistake.english.isEmpty)
    #expect(said.english == mistake.english)
    #expect(said.chinese == mistake.chinese)
  }

  @Test func `nothing is said of the sound scenario`() throws {
    let said = try lines(SoundScenario.files)
    #expect(said.english.isEmpty)
  }

  @Test func `the list of mistakes is read`() {
    #expect(MistakeTests.mistakes.count >= 45)
    #expect(Set(MistakeTests.mistakes.map(\.title)).count == MistakeTests.mistakes.count)
  }
}
