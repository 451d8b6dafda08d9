import PolicyModel

/// An amount of money on the command line, such as `45 亿元` or `3 million EUR`.
public struct AmountText: Sendable {
  /// The amount in fen (hundredths of the currency unit).
  public let fen: Int64
  /// Its currency: the one whose code ends the text, else the renminbi.
  public let currency: Currency

  /// Reads an amount.
  ///
  /// - Parameters:
  ///   - text: The amount with its unit.
  ///   - option: The option it was given to, for messages.
  /// - Throws: `ProblemList` if it is no amount, has no unit, or is negative.
  public init(_ text: String, option: String) throws(ProblemList) {
    let last = text.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
    let isCode = Currency.isWellFormed(last)
    currency = isCode ? Currency(code: last) : .renminbi
    let reader = FieldReader()
    reader.currency = currency
    let node = YAMLNode(
      content: .scalar(text, isPlain: true), location: SourceLocation(file: option))
    guard let fen = reader.amount(node, "") else { throw ProblemList(reader.problems) }
    self.fen = fen
  }
}
