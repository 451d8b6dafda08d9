import Comparison
import Foundation
import PolicyModel
import ScenarioFiles
import Statistics

/// The draws of a range of leaves as a file: a shard to be merged, or what a stopped run continues
/// from.
///
/// Little-endian 64-bit words after a line of text; the last 64 bytes are the SHA-256 of all before.
struct EnsemblePart {
  /// The digest of everything that the draws depend on.
  let identity: String
  /// How many draws the whole ensemble has.
  let draws: Int
  /// What the leaves came to.
  let summary: EnsembleSummary

  static let fileName = "ensemble.part"
  private static let magic = "Karez ensemble part 1\n"

  // MARK: Writing

  /// The bytes of the file.
  var bytes: [UInt8] {
    var writer = WordWriter(Array(EnsemblePart.magic.utf8))
    writer.bytes += Array(identity.utf8)
    writer.add([
      draws, summary.leaves.lowerBound, summary.leaves.upperBound, summary.drawCount,
      summary.hits.count, summary.failures.count,
    ])
    for failures in summary.failures { writer.add([failures.count, failures.first ?? -1]) }
    writer.add(summary.hits.map { Int($0) })
    writer.add([summary.tree.nodes.count])
    for node in summary.tree.nodes {
      writer.add([node.level, node.number])
      for column in [node.moments.counts, node.moments.means, node.moments.squares] {
        writer.add(column)
      }
    }
    write(summary.quantiles, to: &writer)
    return writer.bytes + Array(SHA256.hexDigest(of: writer.bytes).utf8)
  }

  private func write(_ quantiles: EnsembleSummary.Quantiles, to writer: inout WordWriter) {
    switch quantiles {
    case .exact(let leaves):
      writer.add([0, leaves.count])
      for leaf in leaves {
        writer.add([leaf.drawCount])
        writer.add(leaf.values)
      }
    case .counted(let histograms):
      writer.add([1, histograms.count])
      for histogram in histograms {
        let entries = histogram.entries
        writer.add([entries.count])
        for (key, count) in entries { writer.add([key, Int(count)]) }
      }
    }
  }

  // MARK: Reading

  init(identity: String, draws: Int, summary: EnsembleSummary) {
    self.identity = identity
    self.draws = draws
    self.summary = summary
  }

  /// Reads the file of a part.
  ///
  /// - Throws: `RunFailure.badInput` if it cannot be read or is not whole.
  init(path: String) throws(RunFailure) {
    let file: InputFile
    do throws(Problem) { file = try InputFile(path: path) } catch { throw .badInput([error]) }
    guard let part = EnsemblePart(bytes: file.bytes) else {
      throw .badInput([
        Problem(
          SourceLocation(file: path),
          Wording(
            "this is no whole part of an ensemble; remove the file and make it again",
            "这不是完整的抽样分片文件；请删除该文件并重新生成"))
      ])
    }
    self = part
  }

  private init?(bytes: [UInt8]) {
    let head = Array(EnsemblePart.magic.utf8)
    guard bytes.count > head.count + 128, Array(bytes.prefix(head.count)) == head,
      SHA256.hexDigest(of: Array(bytes.dropLast(64)))
        == String(decoding: bytes.suffix(64), as: UTF8.self)
    else { return nil }
    identity = String(decoding: bytes[head.count..<(head.count + 64)], as: UTF8.self)
    var reader = WordReader(bytes: bytes, position: head.count + 64)
    draws = reader.int()
    let leaves = reader.int()..<reader.int()
    let drawCount = reader.int()
    let (seriesCount, scenarioCount) = (reader.int(), reader.int())
    let failures = (0..<scenarioCount).map { _ in
      let (count, first) = (reader.int(), reader.int())
      return EnsembleSummary.Failures(count: count, first: first < 0 ? nil : first)
    }
    let hits = (0..<seriesCount).map { _ in UInt64(reader.int()) }
    let nodes = (0..<reader.int()).map { _ in
      let (level, number) = (reader.int(), reader.int())
      let columns = (0..<3).map { _ in reader.doubles(seriesCount) }
      return MomentTree.Node(
        level: level, number: number,
        moments: Moments(counts: columns[0], means: columns[1], squares: columns[2]))
    }
    summary = EnsembleSummary(
      leaves: leaves, drawCount: drawCount, tree: MomentTree(nodes),
      quantiles: EnsemblePart.quantiles(&reader, seriesCount), hits: hits, failures: failures)
  }

  private static func quantiles(
    _ reader: inout WordReader, _ seriesCount: Int
  ) -> EnsembleSummary.Quantiles {
    let isExact = reader.int() == 0
    let count = reader.int()
    if isExact {
      return .exact(
        (0..<count).map { _ in
          var leaf = DrawLeaf(seriesCount: seriesCount, drawCount: reader.int())
          leaf.values = reader.doubles(leaf.values.count)
          return leaf
        })
    }
    return .counted(
      (0..<count).map { _ in
        let entries = (0..<reader.int()).map { _ in
          (key: reader.int(), count: UInt32(truncatingIfNeeded: reader.int()))
        }
        return QuantileHistogram(entries: entries)
      })
  }
}

/// Appends words, the lowest byte first.
private struct WordWriter {
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func add(_ numbers: [Int]) {
    for number in numbers { add(word: UInt64(bitPattern: Int64(number))) }
  }

  mutating func add(_ numbers: [Double]) {
    for number in numbers { add(word: number.bitPattern) }
  }

  private mutating func add(word: UInt64) {
    var rest = word
    for _ in 0..<8 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }
}

/// Takes words off; the digest has vouched that they are there.
private struct WordReader {
  let bytes: [UInt8]
  var position: Int

  mutating func int() -> Int { Int(Int64(bitPattern: word())) }

  mutating func doubles(_ count: Int) -> [Double] {
    (0..<count).map { _ in Double(bitPattern: word()) }
  }

  private mutating func word() -> UInt64 {
    var word: UInt64 = 0
    for offset in (0..<8).reversed() { word = word << 8 | UInt64(bytes[position + offset]) }
    position += 8
    return word
  }
}
