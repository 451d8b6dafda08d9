import Comparison
import Dispatch
import PolicyModel
import Simulation
import Statistics
import Synchronization

/// Runs the leaves of an ensemble on several threads, chunk by chunk.
///
/// Between chunks stands a barrier: there the leaves are added in order, so that what is kept is
/// always that of a whole range of leaves, ready to be written down and continued.
struct EnsembleEngine: Sendable {
  let plans: [Plan]
  let seed: UInt64
  /// How many draws the whole ensemble has.
  let draws: Int
  let threads: Int
  /// How many draws of a scenario may fail.
  let allowedFailures: Int

  /// How many leaves some draws have.
  static func leafCount(draws: Int) -> Int { (draws + DrawLeaf.size - 1) / DrawLeaf.size }

  /// What happens between chunks.
  struct Watch: Sendable {
    /// Called with the draws done of the range and its number of draws.
    var progress: @Sendable (Int, Int) -> Void = { _, _ in }
    /// Whether to stop.
    var isInterrupted: @Sendable () -> Bool = { false }
    /// Called with what is done so far; how often is its own business.
    var keep: @Sendable (() -> EnsembleSummary) throws(RunFailure) -> Void = { _ in }
  }

  /// How a run ended.
  enum Ending {
    case done
    case interrupted
    case tooManyFailures
  }

  /// Continues a summary to the end of a range of leaves.
  func run(
    _ start: EnsembleSummary, to end: Int, watch: Watch
  ) throws(RunFailure) -> (summary: EnsembleSummary, ending: Ending) {
    var summary = start
    let counters = SeriesCounters(start, threads: threads)
    let workers = (0..<threads).map { _ in WorkerBox(EnsembleWorker(plans, seed: seed)) }
    let first = start.leaves.lowerBound
    let all = drawCount(first..<end)
    while summary.leaves.upperBound < end {
      if watch.isInterrupted() { return (counters.completing(summary), .interrupted) }
      let next = summary.leaves.upperBound
      let chunk = next..<min(end, next + chunkSize(seriesCount: start.hits.count))
      let results = results(chunk, workers)
      counters.count(results)
      summary.add(results)
      if isFailing(summary) { return (counters.completing(summary), .tooManyFailures) }
      watch.progress(drawCount(first..<chunk.upperBound), all)
      if summary.leaves.upperBound < end {
        let kept = summary
        try watch.keep { counters.completing(kept) }
      }
    }
    return (counters.completing(summary), .done)
  }

  private func drawCount(_ leaves: Range<Int>) -> Int {
    min(draws, leaves.upperBound * DrawLeaf.size) - leaves.lowerBound * DrawLeaf.size
  }

  /// Leaves a chunk: at most 64 MB of values, at least one a thread.
  private func chunkSize(seriesCount: Int) -> Int {
    let perLeaf = max(1, seriesCount * DrawLeaf.size * 8)
    return max(threads, min(16 * threads, 64_000_000 / perLeaf))
  }

  private func isFailing(_ summary: EnsembleSummary) -> Bool {
    summary.failures.contains { $0.count > allowedFailures }
  }

  private func results(_ chunk: Range<Int>, _ workers: [WorkerBox]) -> [LeafResult] {
    let found = Mutex<[LeafResult]>([])
    let draws = draws
    DispatchQueue.concurrentPerform(iterations: workers.count) { index in
      workers[index].worker.withLock { worker in
        for leaf in stride(from: chunk.lowerBound + index, to: chunk.upperBound, by: workers.count)
        {
          let count = min(DrawLeaf.size, draws - leaf * DrawLeaf.size)
          let result = worker.run(leaf: leaf, drawCount: count)
          found.withLock { $0.append(result) }
        }
      }
    }
    return found.withLock { $0 }.sorted { $0.number < $1.number }
  }
}

/// A worker that one thread at a time may use.
private final class WorkerBox: Sendable {
  let worker: Mutex<EnsembleWorker>

  init(_ worker: EnsembleWorker) { self.worker = Mutex(worker) }
}

/// The counts from which quantiles follow, shared out over threads by series.
private final class SeriesCounters: Sendable {
  private let slices: [Slice]

  private final class Slice: Sendable {
    let series: Range<Int>
    let histograms: Mutex<[QuantileHistogram]>

    init(_ series: Range<Int>, _ histograms: [QuantileHistogram]) {
      self.series = series
      self.histograms = Mutex(histograms)
    }
  }

  init(_ summary: EnsembleSummary, threads: Int) {
    guard case .counted(let histograms) = summary.quantiles else {
      slices = []
      return
    }
    slices = (0..<threads).map { index in
      let range =
        (index * histograms.count / threads)..<((index + 1) * histograms.count / threads)
      return Slice(range, Array(histograms[range]))
    }
  }

  func count(_ results: [LeafResult]) {
    DispatchQueue.concurrentPerform(iterations: slices.count) { index in
      let slice = slices[index]
      slice.histograms.withLock { EnsembleSummary.count(results, series: slice.series, &$0) }
    }
  }

  func completing(_ summary: EnsembleSummary) -> EnsembleSummary {
    if slices.isEmpty { return summary }
    var whole = summary
    whole.setCounts(slices.flatMap { slice in slice.histograms.withLock { $0 } })
    return whole
  }
}
