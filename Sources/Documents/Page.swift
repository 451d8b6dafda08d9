/// A page for people: headings, text, tables and pictures in one file; it does not know what they
/// mean.
public struct Page: Sendable {
  /// A part of a page.
  public enum Block: Sendable {
    /// The heading of a section; its anchor is made of letters, digits and hyphens.
    case heading(String, anchor: String)
    /// A paragraph.
    case paragraph(String)
    /// What the reader should read first, one sentence a line.
    case answer([String])
    /// What the reader must not overlook.
    case warning([String])
    /// A list of points.
    case list([String])
    /// Names with what they stand for.
    case definitions([(term: String, text: String)])
    /// A table; readers may sort long ones by its columns.
    case table(Table, isSortable: Bool)
    /// A picture as an SVG element, with what to read from it.
    case figure(svg: String, caption: String)
    /// Text as it is to be typed.
    case code([String])
  }

  /// The title.
  public let title: String
  /// What stands under the title.
  public let subtitle: String
  /// The language as a tag of BCP 47, such as `zh-CN`.
  public let languageTag: String
  /// The words that the page itself needs.
  public let words: Words
  /// What stands at the foot of every printed page, such as that data are synthetic; empty for
  /// nothing.
  public let mark: String
  /// The parts in order.
  public var blocks: [Block]

  /// Words of the page's own furniture in its language.
  public struct Words: Sendable {
    /// Title of the list of sections.
    public let contents: String
    /// The link past the list of sections.
    public let skip: String
    /// What a button that sorts says, before the column's name.
    public let sortBy: String

    /// Makes words.
    public init(contents: String, skip: String, sortBy: String) {
      self.contents = contents
      self.skip = skip
      self.sortBy = sortBy
    }
  }

  /// Makes a page.
  public init(
    title: String, subtitle: String, languageTag: String, words: Words, mark: String,
    blocks: [Block]
  ) {
    self.title = title
    self.subtitle = subtitle
    self.languageTag = languageTag
    self.words = words
    self.mark = mark
    self.blocks = blocks
  }

  /// The page as one HTML file that asks nothing of the network and needs no script to be read.
  public var html: String { HTMLRenderer.text(self) }
}
