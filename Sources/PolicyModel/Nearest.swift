/// The known name that is nearest to a mistyped one, for "did you mean".
///
/// Nearest by Levenshtein distance over characters, ties to the earlier candidate; none if more
/// than half of the name (and more than two characters) would have to change.
/// Source: Levenshtein (1966), Binary codes capable of correcting deletions.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let letters = Array(name.lowercased().prefix(80))
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(letters, Array(candidate.lowercased().prefix(80)))
    if distance < (best?.distance ?? Int.max) { best = (candidate, distance) }
  }
  guard let best, best.distance <= max(2, letters.count / 2) else { return nil }
  return best.name
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}

/// " (nearest known name: x)" in both languages, or nothing.
public func nearestHint(_ name: String, among candidates: some Sequence<String>) -> Wording {
  guard let nearest = nearestName(to: name, among: candidates) else { return Wording("", "") }
  return Wording("; did you mean \"\(nearest)\"?", "；是否指“\(nearest)”？")
}

extension Wording {
  /// Joins two wordings, language by language.
  public static func + (left: Wording, right: Wording) -> Wording {
    Wording(left.english + right.english, left.chinese + right.chinese)
  }
}
