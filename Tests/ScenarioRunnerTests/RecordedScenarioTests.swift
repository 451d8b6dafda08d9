import Foundation
import Reporting
import ScenarioFiles
import ScenarioRunner
import Testing

/// Every shipped scenario against its recorded answer (`make record` records anew).
@Suite struct RecordedScenarioTests {
  @Test(arguments: ["worked", "xinjiang", "france-dsr-2021"])
  func `the answer is the recorded one`(name: String) throws {
    let folder = ShippedScenario.path(name) + "/Expected/"
    func recorded(_ file: String) throws -> String {
      try String(contentsOfFile: folder + file, encoding: .utf8)
    }
    let arguments = try recorded("arguments.txt").split(whereSeparator: \.isWhitespace)
    let run = try ShippedScenario.run(arguments.map { "\(name)/\($0)" })
    #expect(LedgerFiles.pools(run.ledgers) == (try recorded("pools.csv")))
    expectEqual(LedgerFiles.metrics(run.ledgers, run.metrics), try recorded("metrics.csv"))
    let ledger = LedgerFiles.ledger(run.ledgers)
    let digest = SHA256.hexDigest(of: Array(ledger.utf8))
    #expect(try recorded("ledger.sha256").hasPrefix(digest))
  }

  /// Metrics may differ in the last digit, since Theil's logarithm is the system's.
  private func expectEqual(_ text: String, _ recorded: String) {
    let lines = text.split(separator: "\n")
    let others = recorded.split(separator: "\n")
    #expect(lines.count == others.count)
    for (line, other) in zip(lines, others) where line != other {
      let (value, wanted) = (number(line), number(other))
      #expect(head(line) == head(other))
      #expect(abs(value - wanted) <= 1e-9 * max(1, abs(wanted)), "\(line) is not \(other)")
    }
  }

  private func head(_ line: Substring) -> Substring {
    line[..<(line.lastIndex(of: ",") ?? line.endIndex)]
  }

  private func number(_ line: Substring) -> Double {
    Double(line.split(separator: ",", omittingEmptySubsequences: false).last ?? "") ?? .nan
  }
}
