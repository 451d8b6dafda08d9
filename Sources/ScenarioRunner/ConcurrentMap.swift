import Dispatch
import Synchronization

/// Works out `body(0) … body(count − 1)` on several threads; the results stand in order.
func concurrentMap<Value: Sendable>(
  count: Int, threads: Int, _ body: @Sendable (Int) -> Value
) -> [Value] {
  let workers = max(1, min(threads, count))
  if workers == 1 { return (0..<count).map(body) }
  let results = Mutex<[Int: Value]>([:])
  DispatchQueue.concurrentPerform(iterations: workers) { worker in
    for index in stride(from: worker, to: count, by: workers) {
      let value = body(index)
      results.withLock { $0[index] = value }
    }
  }
  let found = results.withLock { $0 }
  return (0..<count).compactMap { found[$0] }
}
