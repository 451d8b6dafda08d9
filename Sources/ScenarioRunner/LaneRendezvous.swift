import Foundation
import Optimization
import Synchronization

/// Lets searches that ask for one point after the other ask together, so that eight points are run
/// side by side.
///
/// Each search has a thread. When every search that still runs waits for a point, the last to ask
/// evaluates the points of all. What a search gets depends on its own points only.
final class LaneRendezvous: Sendable {
  private struct Request {
    let searcher: Int
    let points: [[Double]]
  }

  private struct State {
    var runningCount: Int
    var waiting: [Request] = []
    var answers: [Int: [Trial]] = [:]

    /// Everybody's requests, once nobody is left who may still ask.
    mutating func takeIfComplete() -> [Request]? {
      if waiting.isEmpty || waiting.count < runningCount { return nil }
      defer { waiting = [] }
      return waiting
    }
  }

  private let state: Mutex<State>
  private let bells: [DispatchSemaphore]
  private let evaluate: ConstrainedSearch.Evaluate

  private init(_ count: Int, _ evaluate: @escaping ConstrainedSearch.Evaluate) {
    state = Mutex(State(runningCount: count))
    bells = (0..<count).map { _ in DispatchSemaphore(value: 0) }
    self.evaluate = evaluate
  }

  /// Runs some searches at once.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - evaluate: Evaluates points, any number of them.
  ///   - body: A search; it asks for points by the function it is given.
  /// - Returns: What each search returned, in order.
  static func run(
    count: Int, evaluate: @escaping ConstrainedSearch.Evaluate,
    _ body: @escaping @Sendable (Int, ConstrainedSearch.Evaluate) -> [Trial]
  ) -> [[Trial]] {
    let meeting = LaneRendezvous(count, evaluate)
    let results = Mutex<[Int: [Trial]]>([:])
    let group = DispatchGroup()
    for searcher in 0..<count {
      group.enter()
      let thread = Thread {
        let result = body(searcher) { meeting.trials($0, of: searcher) }
        results.withLock { $0[searcher] = result }
        meeting.leave()
        group.leave()
      }
      thread.start()
    }
    group.wait()
    let found = results.withLock { $0 }
    return (0..<count).map { found[$0] ?? [] }
  }

  private func trials(_ points: [[Double]], of searcher: Int) -> [Trial] {
    let complete = state.withLock { state in
      state.waiting.append(Request(searcher: searcher, points: points))
      return state.takeIfComplete()
    }
    if let complete { answer(complete) }
    bells[searcher].wait()
    return state.withLock { $0.answers.removeValue(forKey: searcher) ?? [] }
  }

  private func leave() {
    let complete = state.withLock { state in
      state.runningCount -= 1
      return state.takeIfComplete()
    }
    if let complete { answer(complete) }
  }

  private func answer(_ requests: [Request]) {
    var rest = evaluate(requests.flatMap(\.points))[...]
    for request in requests {
      let own = Array(rest.prefix(request.points.count))
      rest = rest.dropFirst(own.count)
      state.withLock { $0.answers[request.searcher] = own }
    }
    for request in requests { bells[request.searcher].signal() }
  }
}
