import Dispatch
import Foundation
import Synchronization

/// Ctrl-C as a question that long work asks between its steps, in place of a sudden end.
public final class Interrupt: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Ctrl-C, a polite kill and the end of the session.
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Makes one that nobody has asked for yet.
  public init() {}

  /// Whether the user asked to stop.
  public var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Asks to stop.
  public func request() { flag.store(true, ordering: .relaxed) }

  /// Runs a body during which Ctrl-C, a polite kill and the end of the session ask to stop.
  public func watching<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let sources = Interrupt.signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in request() }
      source.resume()
      return source
    }
    defer {
      for source in sources { source.cancel() }
      for number in Interrupt.signals { signal(number, SIG_DFL) }
    }
    return try body()
  }
}
