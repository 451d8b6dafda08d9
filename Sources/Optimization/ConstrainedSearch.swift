/// Minimizes an objective within a box where constraints hold, without derivatives and without
/// chance.
///
/// 1. Scan: points that fill the box, and points that the caller knows.
/// 2. COBYLA from the best of them that stand apart, and from the first known point.
/// 3. Where nothing holds: the largest excess t is minimized under g(x) ≤ t from the best points,
///    which finds the nearest miss, or a point from which step 2 is taken again.
/// 4. Polish: from the best towards the first known point as far as constraints hold, then COBYLA
///    with small steps, as long as it pays.
///
/// COBYLA, because an allocation has kinks (floors, caps, grades) where derivatives mislead; several
/// starts, because it also has jumps and valleys. The answer is the best of all trials, not what
/// COBYLA believes to be its end.
public struct ConstrainedSearch: Sendable {
  /// Evaluates points, in order.
  public typealias Evaluate = @Sendable ([[Double]]) -> [Trial]
  /// Works out `body(0) … body(count − 1)`, perhaps at once, and returns the results in order.
  ///
  /// Each body asks for its points by the function it is given. Where `areStepwise`, bodies ask for one
  /// point after the other, so that those that run at once can be evaluated side by side.
  public typealias Concurrently =
    @Sendable (
      _ count: Int, _ areStepwise: Bool, _ evaluate: @escaping Evaluate,
      _ body: @escaping @Sendable (Int, Evaluate) -> [Trial]
    ) -> [[Trial]]

  /// What the search may spend.
  public struct Effort: Sendable {
    /// Points of the scan.
    public var scanCount: Int
    /// From how many points COBYLA starts.
    public var startCount: Int
    /// Most evaluations of one COBYLA.
    public var localBudget: Int
    /// Where COBYLA ends, as a part of the unit box.
    public var lastStep: Double

    /// Makes an effort.
    public init(
      scanCount: Int = 256, startCount: Int = 16, localBudget: Int = 400, lastStep: Double = 1e-7
    ) {
      self.scanCount = scanCount
      self.startCount = startCount
      self.localBudget = localBudget
      self.lastStep = lastStep
    }
  }

  /// Bounds of every dimension; of length 1 or so, because steps are the same in all of them.
  public let box: [ClosedRange<Double>]
  /// Points that the caller knows; the first is where the search should rather stay.
  public let known: [[Double]]
  /// What it may spend.
  public let effort: Effort
  private let concurrently: Concurrently

  /// Makes a search.
  ///
  /// - Parameters:
  ///   - box: Bounds. Shape: [dimension].
  ///   - known: At least one point within them. Shape: [point][dimension].
  ///   - effort: What it may spend.
  ///   - concurrently: Runs independent parts; the result does not depend on how.
  public init(
    box: [ClosedRange<Double>], known: [[Double]], effort: Effort = Effort(),
    concurrently: @escaping Concurrently = { count, _, evaluate, body in
      (0..<count).map { body($0, evaluate) }
    }
  ) {
    precondition(!known.isEmpty, "a search starts somewhere")
    precondition(known.allSatisfy { $0.count == box.count }, "points have the box's dimension")
    self.box = box
    self.known = known
    self.effort = effort
    self.concurrently = concurrently
  }

  private static let batch = 8
  private static let firstStep = 0.15
  private static let polishStep = 0.02

  /// Searches.
  ///
  /// - Parameter evaluate: Works out what points come to.
  /// - Returns: The best trial, and every other.
  public func run(_ evaluate: @escaping Evaluate) -> SearchResult {
    var trials = scan(evaluate)
    trials += descend(starts(trials), evaluate)
    if !(trials.best?.holds ?? false) {
      trials = approached(trials, evaluate)
      if let best = trials.best, best.holds { trials += descend([best], evaluate) }
    }
    trials += polish(trials, evaluate)
    return SearchResult(trials: trials)
  }

  // MARK: Steps

  private func scan(_ evaluate: @escaping Evaluate) -> [Trial] {
    let points = known + ScanPoints.points(in: box, count: effort.scanCount)
    let size = ConstrainedSearch.batch
    let batches = (points.count + size - 1) / size
    return concurrently(batches, false, evaluate) { batch, evaluate in
      evaluate(Array(points[(batch * size)..<min((batch + 1) * size, points.count)]))
    }.flatMap { $0 }
  }

  /// The first known point, then the best trials that stand apart from each other.
  private func starts(_ trials: [Trial]) -> [Trial] {
    var chosen = Array(trials.prefix(1))
    let order = trials.indices.sorted { a, b in
      trials[a].isBetter(than: trials[b])
        || (!trials[b].isBetter(than: trials[a]) && a < b)
    }
    let apart = 0.15 * Double(box.count).squareRoot()
    for index in order where chosen.count < effort.startCount {
      let point = trials[index].point
      if chosen.allSatisfy({ distance($0.point, point) > apart }) { chosen.append(trials[index]) }
    }
    return chosen
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private func descend(_ starts: [Trial], _ evaluate: @escaping Evaluate) -> [Trial] {
    concurrently(starts.count, true, evaluate) { index, evaluate in
      descend(starts[index], step: ConstrainedSearch.firstStep, evaluate)
    }.flatMap { $0 }
  }

  private func descend(_ start: Trial, step: Double, _ evaluate: Evaluate) -> [Trial] {
    withoutActuallyEscaping(evaluate) { evaluate in
      let session = NLoptSession(constraintCount: start.excess.count) { point in
        evaluate([point])[0]
      }
      NLoptCalls.minimize(
        session, from: start.point, box: box, firstStep: step, lastStep: effort.lastStep,
        budget: effort.localBudget)
      return session.trials
    }
  }

  /// Minimizes the largest excess from the best points, again with smaller and with larger steps as
  /// long as that helps: a miss must not be one of the search only.
  private func approached(_ before: [Trial], _ evaluate: @escaping Evaluate) -> [Trial] {
    var trials = before
    var idle = 0
    for round in 0..<ConstrainedSearch.mostApproaches where idle < 3 {
      let miss = trials.best?.worst ?? .infinity
      let step = ConstrainedSearch.firstStep / Double([1, 4, 16, 2, 64][round % 5])
      trials += approach(starts(trials), step: step, evaluate)
      guard let best = trials.best, !best.holds else { break }
      idle = best.worst < miss - max(1e-9, 1e-3 * miss) ? 0 : idle + 1
    }
    return trials
  }

  private func approach(
    _ starts: [Trial], step: Double, _ evaluate: @escaping Evaluate
  ) -> [Trial] {
    concurrently(starts.count, true, evaluate) { index, evaluate in
      approach(starts[index], step: step, evaluate)
    }.flatMap { $0 }
  }

  private func approach(_ start: Trial, step: Double, _ evaluate: Evaluate) -> [Trial] {
    withoutActuallyEscaping(evaluate) { evaluate in
      var trials: [Trial] = []
      let session = NLoptSession(constraintCount: start.excess.count) { point in
        let trial = evaluate([Array(point.dropLast())])[0]
        trials.append(trial)
        let level = point[point.count - 1]
        return Trial(point: point, objective: level, excess: trial.excess.map { $0 - level })
      }
      // A little below 0, so that the end holds and does not only nearly hold.
      let levels = -0.01...ConstrainedSearch.highestLevel
      let level = min(levels.upperBound, max(0, start.worst))
      NLoptCalls.minimize(
        session, from: start.point + [level], box: box + [levels], firstStep: step,
        lastStep: effort.lastStep, budget: effort.localBudget)
      return trials
    }
  }

  private static let mostApproaches = 20
  private static let highestLevel = 100.0

  /// Improves the best trial as long as it pays.
  private func polish(_ trials: [Trial], _ evaluate: Evaluate) -> [Trial] {
    guard var best = trials.best, best.holds else { return [] }
    var added: [Trial] = []
    for round in 0..<4 {
      let step = ConstrainedSearch.polishStep / Double(1 << (2 * round))
      var own = retreat(best, evaluate)
      let start = (own + [best]).best ?? best
      own += descend(start, step: step, evaluate)
      added += own
      guard let found = own.best, found.isBetter(than: best) else { break }
      let gain = best.objective - found.objective
      best = found
      if gain <= effort.lastStep { break }
    }
    return added
  }

  /// From a trial that holds, back towards the first known point as far as constraints hold.
  private func retreat(_ best: Trial, _ evaluate: Evaluate) -> [Trial] {
    var trials: [Trial] = []
    var inside = 1.0
    var outside = 0.0
    let home = known[0]
    for _ in 0..<8 {
      let parts = Bracketing.between(outside, inside)
      let tried = evaluate(
        parts.map { part in zip(home, best.point).map { $0 + part * ($1 - $0) } })
      trials += tried
      let position = tried.firstIndex { $0.holds }
      let next = position.map { parts[$0] } ?? inside
      outside = position.map { $0 == 0 ? outside : parts[$0 - 1] } ?? parts[parts.count - 1]
      inside = next
      if inside - outside <= effort.lastStep { break }
    }
    return trials
  }
}

/// What a search found.
public struct SearchResult: Sendable {
  /// Every trial in the order in which it was made; at least one.
  public let trials: [Trial]
  /// The best: of those that hold the one with the least objective, or else the nearest miss.
  public let best: Trial

  init(trials: [Trial]) {
    precondition(!trials.isEmpty, "a search tries something")
    self.trials = trials
    best = trials.best ?? trials[0]
  }

  /// Whether the best holds.
  public var isMet: Bool { best.holds }
}
