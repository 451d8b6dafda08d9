/// A colour with a name, or a hatching of two, chosen so that charts read in black and white and
/// for every kind of colour vision.
///
/// Series follow Okabe and Ito, darkened where the original has less than 3 : 1 against white.
/// Source: Okabe and Ito (2008), Color Universal Design; WCAG 2.2, 1.4.3 and 1.4.11.
struct Paint: Hashable, Sendable {
  /// Its name among the colours of a page.
  let name: String
  /// The colour as `#rrggbb`.
  let color: String
  /// The paint of the strokes over it, if it is hatched.
  let strokes: String?

  init(_ name: String, _ color: String, strokes: String? = nil) {
    self.name = name
    self.color = color
    self.strokes = strokes
  }

  static let paper = Paint("paper", "#FFFFFF")
  static let ink = Paint("ink", "#1A1A1A")
  static let muted = Paint("muted", "#595959")
  static let axis = Paint("axis", "#767676")
  static let grid = Paint("grid", "#DDDDDD")
  static let band = Paint("band", "#F5F5F5")
  static let badge = Paint("badge", "#FFF4CE")
  static let total = Paint("total", "#595959")
  static let gain = Paint("gain", "#0072B2")
  static let loss = Paint("loss", "#D55E00")
  /// Losses as areas: hatched, so that they differ from gains without colour.
  static let lossArea = Paint("loss", "#D55E00", strokes: "#FFFFFF")

  /// Colours of series, in order; the first is the baseline's.
  private static let seriesColors = [
    "#1A1A1A", "#0072B2", "#D55E00", "#00805E", "#A8508A", "#8A6500", "#2F8FC7",
  ]

  /// How many series differ by colour.
  static let seriesCount = seriesColors.count

  static func series(_ index: Int) -> Paint {
    let position = index % seriesCount
    return Paint("series-\(position)", seriesColors[position])
  }

  /// Tints of a signed scale, from the largest loss (−3) to the largest gain (3); losses hatched.
  static func tint(_ step: Int) -> Paint {
    switch step {
    case ...(-3): Paint("loss-3", "#EB9050", strokes: "#DE7A30")
    case -2: Paint("loss-2", "#F6BE99", strokes: "#EFA474")
    case -1: Paint("loss-1", "#FCE5D6", strokes: "#F6CBAE")
    case 0: Paint("even", "#F2F2F2")
    case 1: Paint("gain-1", "#E1EEF7")
    case 2: Paint("gain-2", "#A9D0E8")
    default: Paint("gain-3", "#5FAEDB")
    }
  }

  /// Colours of classes that are in order, such as grades; text on them is ink.
  static func rank(_ index: Int) -> Paint {
    let ranks = [
      Paint("rank-0", "#5FAEDB"), Paint("rank-1", "#C3DDED"),
      Paint("rank-2", "#F6BE99", strokes: "#EFA474"),
      Paint("rank-3", "#EB9050", strokes: "#DE7A30"), Paint("rank-4", "#F2F2F2"),
    ]
    return ranks[min(index, ranks.count - 1)]
  }

  /// Dashes of a series' line; the colours come again with other dashes.
  static func dashes(_ index: Int) -> String? {
    let patterns: [String?] = [nil, "7 3", "2 3", "9 3 2 3", "5 5", "12 3", "4 2 1 2"]
    return patterns[(index + index / seriesCount) % patterns.count]
  }
}
