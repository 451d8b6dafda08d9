import Synchronization

/// Counts the points that searches have tried, whatever thread they run on.
final class PointMeter: Sendable {
  private let count = Mutex(0)
  private let progress: @Sendable (Int) -> Void

  init(_ progress: @escaping @Sendable (Int) -> Void) { self.progress = progress }

  func add(_ points: Int) {
    let tried = count.withLock { count in
      count += points
      return count
    }
    progress(tried)
  }
}
