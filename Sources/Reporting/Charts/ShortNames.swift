import PolicyModel

/// Names of counties without the words for their rank, for tiles.
struct ShortNames: Sendable {
  private static let englishRanks = ["County": "Co.", "District": "Dist.", "City": "City"]

  /// Short names, all different where the full ones are.
  ///
  /// - Parameters:
  ///   - names: Full names. Shape: [county].
  ///   - language: Of the names.
  /// - Returns: Short names. Shape: [county].
  static func of(_ names: [String], _ language: Language) -> [String] {
    let short = names.map { language == .chinese ? chinese($0) : english($0) }
    var counts: [String: Int] = [:]
    for name in short { counts[name, default: 0] += 1 }
    return zip(names, short).map { full, name in
      if counts[name] == 1 { return name }
      return language == .chinese ? full : ranked(full, name)
    }
  }

  /// A name whose rank is abbreviated where it is long, as in `Hoboksar Mongol Aut. Co`.
  static func abbreviated(_ name: String) -> String {
    if name.count <= 24 { return name }
    for (rank, short) in [(" Autonomous County", " Aut. Co."), (" County", " Co.")]
    where name.hasSuffix(rank) {
      return name.dropLast(rank.count) + short
    }
    return name
  }

  /// `喀什市` → `喀什`; what would be left with one character keeps its rank.
  private static func chinese(_ name: String) -> String {
    var text = name
    for end in ["自治县", "县", "市", "区", "旗"] where text.hasSuffix(end) {
      text = String(text.dropLast(end.count))
      if end == "自治县" {
        for people in ["哈萨克", "塔吉克", "蒙古", "锡伯", "回族", "回"] where text.hasSuffix(people) {
          text = String(text.dropLast(people.count))
          break
        }
      }
      break
    }
    return text.count < 2 ? name : text
  }

  /// `Mori Kazakh Autonomous County` → `Mori`; `Zhaosu (Mongolküre) County` → `Zhaosu`.
  private static func english(_ name: String) -> String {
    var words = name.split(separator: " ").filter { !$0.hasPrefix("(") }.map(String.init)
    if let last = words.last, englishRanks[last] != nil, words.count > 1 { words.removeLast() }
    if words.last == "Autonomous" {
      words.removeLast()
      if words.count > 1 { words.removeLast() }
    }
    return words.joined(separator: " ")
  }

  private static func ranked(_ full: String, _ short: String) -> String {
    let rank = full.split(separator: " ").last.flatMap { englishRanks[String($0)] }
    return rank.map { "\(short) \($0)" } ?? full
  }
}
