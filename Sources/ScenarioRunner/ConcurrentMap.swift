import Dispatch
import Synchronization

/// Works out `body(0) … body(count − 1)` on several threads; the results stand in order.
///
/// - Parameters:
///   - count: How many values.
///   - threads: How many threads at most.
///   - progress: Called with the number done and the number to do after each.
///   - body: Works one value out.
/// - Returns: The values in order.
func concurrentMap<Value: Sendable>(
  count: Int, threads: Int, progress: @Sendable (Int, Int) -> Void = { _, _ in },
  _ body: @Sendable (Int) -> Value
) -> [Value] {
  let workers = max(1, min(threads, count))
  let results = Mutex<[Int: Value]>([:])
  DispatchQueue.concurrentPerform(iterations: workers) { worker in
    for index in stride(from: worker, to: count, by: workers) {
      let value = body(index)
      let done = results.withLock { found in
        found[index] = value
        return found.count
      }
      progress(done, count)
    }
  }
  let found = results.withLock { $0 }
  return (0..<count).compactMap { found[$0] }
}
