import Foundation
import PolicyModel
import Synchronization

/// How far long work is, and how much time is left at the pace so far.
final class ProgressMeter: Sendable {
  private struct State {
    var start: ContinuousClock.Instant?
    var firstDone = 0
    var shown: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private let isTerminal: Bool
  private let language: Language
  /// What is counted.
  private let piece: Wording

  init(isTerminal: Bool, language: Language, piece: Wording) {
    self.piece = piece
    self.isTerminal = isTerminal
    self.language = language
  }

  /// Shows it if it was not shown just now.
  func show(_ done: Int, of all: Int) {
    let now = ContinuousClock.now
    let line = state.withLock { state -> String? in
      guard let start = state.start else {
        // The first call marks the pace's beginning: a continued run starts with draws done.
        (state.start, state.firstDone, state.shown) = (now, done, now)
        return nil
      }
      let pause: Duration = isTerminal ? .milliseconds(200) : .seconds(30)
      if let shown = state.shown, now - shown < pause, done < all { return nil }
      if !isTerminal && done == all { return nil }
      state.shown = now
      let pace = Double(done - state.firstDone) / max(1e-9, seconds(now - start))
      return message(done, all, left: Double(all - done) / max(1e-9, pace))
    }
    guard let line else { return }
    let end = isTerminal ? (done == all ? "\r\u{1B}[K" : "\u{1B}[K") : "\n"
    let text = (isTerminal ? "\r" : "") + line + end
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  private func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  private func message(_ done: Int, _ all: Int, left: Double) -> String {
    let whole = Int(left.rounded(.up))
    let time = "\(whole / 60):" + (whole % 60 < 10 ? "0" : "") + "\(whole % 60)"
    return language == .chinese
      ? "第 \(done) / \(all) \(piece.chinese)，剩余约 \(time)"
      : "\(piece.english) \(done) of \(all), about \(time) left"
  }
}
