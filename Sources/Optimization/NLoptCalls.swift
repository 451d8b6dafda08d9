import CNLopt

/// The only place where Karez calls NLopt, and the only unsafe code of this module.
///
/// The optimizer lives for one call. NLopt hands the point as an address that is read at once, and
/// the session as an address that outlives the call, because the caller holds it.
///
/// Source: Powell (1994), A direct search optimization method that models the objective and
/// constraint functions by linear interpolation; Johnson, The NLopt nonlinear-optimization package.
enum NLoptCalls {
  /// Minimizes by COBYLA, which needs no derivative and takes constraints as they are.
  ///
  /// - Parameters:
  ///   - session: What is minimized; it keeps every trial.
  ///   - start: Where to begin, within the box.
  ///   - box: Bounds.
  ///   - firstStep: How far apart the first points stand.
  ///   - lastStep: Ends when they stand as near as this.
  ///   - budget: Most evaluations.
  static func minimize(
    _ session: NLoptSession, from start: [Double], box: [ClosedRange<Double>],
    firstStep: Double, lastStep: Double, budget: Int
  ) {
    precondition(start.count == box.count && !box.isEmpty, "a start has the box's dimension")
    guard let optimizer = unsafe nlopt_create(NLOPT_LN_COBYLA, UInt32(start.count)) else {
      preconditionFailure("NLopt has no memory for an optimizer")
    }
    defer { unsafe nlopt_destroy(optimizer) }
    let context = unsafe Unmanaged.passUnretained(session).toOpaque()
    unsafe check(nlopt_set_lower_bounds(optimizer, box.map(\.lowerBound)))
    unsafe check(nlopt_set_upper_bounds(optimizer, box.map(\.upperBound)))
    unsafe check(nlopt_set_min_objective(optimizer, objective, context))
    if session.constraintCount > 0 {
      let tolerances = [Double](repeating: 0, count: session.constraintCount)
      unsafe check(
        nlopt_add_inequality_mconstraint(
          optimizer, UInt32(session.constraintCount), constraints, context, tolerances))
    }
    unsafe check(nlopt_set_initial_step1(optimizer, firstStep))
    unsafe check(nlopt_set_xtol_abs1(optimizer, lastStep))
    unsafe check(nlopt_set_maxeval(optimizer, Int32(clamping: budget)))
    var point = start
    var value = 0.0
    // Out of budget and limited by rounding are ordinary ends: the session holds what was tried.
    let status = unsafe nlopt_optimize(optimizer, &point, &value)
    precondition(
      status != NLOPT_INVALID_ARGS && status != NLOPT_OUT_OF_MEMORY,
      "NLopt refused a problem: \(status.rawValue)")
  }

  private static func check(_ status: nlopt_result) {
    precondition(status.rawValue > 0, "NLopt refused a setting: \(status.rawValue)")
  }

  private static let objective: nlopt_func = { dimension, point, _, context in
    guard let context = unsafe context, let point = unsafe point else { return 0 }
    let session = unsafe Unmanaged<NLoptSession>.fromOpaque(context).takeUnretainedValue()
    return session.objective(
      at: unsafe Array(UnsafeBufferPointer(start: point, count: Int(dimension))))
  }

  private static let constraints: nlopt_mfunc = { count, result, dimension, point, _, context in
    guard let context = unsafe context, let point = unsafe point, let result = unsafe result
    else { return }
    let session = unsafe Unmanaged<NLoptSession>.fromOpaque(context).takeUnretainedValue()
    let excess = session.excess(
      at: unsafe Array(UnsafeBufferPointer(start: point, count: Int(dimension))))
    precondition(excess.count == Int(count), "as many constraints as were announced")
    for index in excess.indices { unsafe result[index] = excess[index] }
  }
}

/// One call of NLopt: evaluates points, each once, and keeps what they came to.
final class NLoptSession {
  /// Every point that was evaluated, in order.
  private(set) var trials: [Trial] = []
  let constraintCount: Int
  private let evaluate: ([Double]) -> Trial
  private var last: (point: [Double], trial: Trial)?

  init(constraintCount: Int, evaluate: @escaping ([Double]) -> Trial) {
    self.constraintCount = constraintCount
    self.evaluate = evaluate
  }

  /// Larger values would drown the others in a linear model.
  private static let largest = 100.0

  func objective(at point: [Double]) -> Double {
    min(NLoptSession.largest, max(-NLoptSession.largest, trial(at: point).objective))
  }

  func excess(at point: [Double]) -> [Double] {
    trial(at: point).excess.map { min(NLoptSession.largest, max(-NLoptSession.largest, $0)) }
  }

  private func trial(at point: [Double]) -> Trial {
    if let last, last.point == point { return last.trial }
    let trial = evaluate(point)
    trials.append(trial)
    last = (point, trial)
    return trial
  }
}
