import Documents
import PolicyModel

extension NumberText {
  /// A fraction in percent for running text: the sign stays on the number's line.
  static func percent(_ fraction: Double, decimals: Int, _ language: Language) -> String {
    fixed(fraction * 100, decimals: decimals) + language.words("\u{00A0}%", "%")
  }
}
