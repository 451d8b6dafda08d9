import Foundation
import Reporting
import ScenarioRunner

// temporary shell for differential tests
let args = Array(CommandLine.arguments.dropFirst(2))
var paths: [String] = []
var out = ""
var i = 0
while i < args.count {
  if args[i] == "--out" { out = args[i + 1]; i += 2 } else { paths.append(args[i]); i += 1 }
}
do {
  let run = try LoadedRun(paths)
  try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
  for (n, t) in [
    ("ledger.csv", LedgerFiles.ledger(run.ledgers)),
    ("county_years.csv", LedgerFiles.countyYears(run.ledgers)),
    ("pools.csv", LedgerFiles.pools(run.ledgers)),
    ("metrics.csv", LedgerFiles.metrics(run.ledgers, run.metrics)),
  ] { try t.write(toFile: out + "/" + n, atomically: true, encoding: .utf8) }
} catch let e as RunFailure {
  for p in e.problems { print(p.text(in: .english)) }
  exit(e.exitCode)
}
