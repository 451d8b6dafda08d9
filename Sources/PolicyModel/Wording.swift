/// A language that Karez speaks.
public enum Language: String, Sendable, CaseIterable {
  /// English.
  case english = "en"
  /// Chinese (简体中文).
  case chinese = "zh"

  /// One of two texts.
  public func words(_ english: String, _ chinese: String) -> String {
    self == .chinese ? chinese : english
  }
}

/// One text in every language, so that no message can exist in one of them only.
public struct Wording: Sendable, Hashable {
  /// The English text.
  public let english: String
  /// The Chinese text.
  public let chinese: String

  /// Makes a wording of its two texts.
  public init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// Makes a wording that reads the same in both languages, such as a code or a number.
  public init(same text: String) {
    self.init(text, text)
  }

  /// The text in one language.
  public func text(in language: Language) -> String {
    language.words(english, chinese)
  }
}
