import PolicyModel
import ScenarioFiles
import TestFixtures
import Testing

struct MistakeTests {
  private static let mistakes = Mistake.all(
    in: (try? ReferenceFile.text("Reference/mistakes.txt")) ?? "")

  /// What reading a scenario says, without the path of its folder.
  private func lines(_ files: [String: String]) throws -> (english: [String], chinese: [String]) {
    let folder = try TemporaryFolder(files)
    var loader = ScenarioLoader()
    _ = loader.load([folder / "scenario.yaml"])
    func lines(_ language: Language) -> [String] {
      loader.problems.map {
        $0.text(in: language).split(separator: folder.path + "/").joined()
      }
    }
    return (lines(.english), lines(.chinese))
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
    #expect(MistakeTests.mistakes.count >= 130)
    #expect(Set(MistakeTests.mistakes.map(\.title)).count == MistakeTests.mistakes.count)
  }
}
