/// A county (县市区) and the prefecture (地州市) it belongs to.
public struct County: Sendable, Hashable {
  /// Code as text, such as `653101`.
  public let code: String
  /// Name in both languages.
  public let name: Wording
  /// Code of its prefecture.
  public let prefecture: String
  /// Name of its prefecture in both languages.
  public let prefectureName: Wording

  /// Makes a county.
  public init(code: String, name: Wording, prefecture: String, prefectureName: Wording) {
    self.code = code
    self.name = name
    self.prefecture = prefecture
    self.prefectureName = prefectureName
  }
}

/// A point on the globe.
public struct GeoPoint: Sendable, Hashable {
  /// Degrees east.
  public let longitude: Double
  /// Degrees north.
  public let latitude: Double

  /// Makes a point.
  public init(longitude: Double, latitude: Double) {
    self.longitude = longitude
    self.latitude = latitude
  }
}

/// All counties of the data, by ascending code, with their 0/1 columns.
public struct CountyTable: Sendable {
  /// Counties by ascending code.
  public let counties: [County]
  /// 0/1 columns by name.
  ///
  /// Shape: [county].
  public let flags: [String: [Bool]]
  /// Where counties lie, for maps; nil where it is not known.
  ///
  /// Shape: [county].
  public let places: [GeoPoint?]
  /// Index of the county with a code.
  public let indexOfCode: [String: Int]
  /// Codes of the prefectures, ascending.
  public let prefectures: [String]
  /// Index in `prefectures` of each county's.
  ///
  /// Shape: [county].
  public let prefectureOfCounty: [Int]

  /// Makes the table; counties, flags and places are put in the order of the codes.
  ///
  /// - Parameters:
  ///   - counties: In any order.
  ///   - flags: 0/1 columns. Shape: [county], in the order of `counties`.
  ///   - places: Where they lie. Shape: [county], in the order of `counties`; nil for nowhere.
  public init(counties: [County], flags: [String: [Bool]], places: [GeoPoint?]? = nil) {
    let order = counties.indices.sorted {
      isBefore(counties[$0].code, counties[$1].code)
    }
    let sorted = order.map { counties[$0] }
    self.counties = sorted
    self.flags = flags.mapValues { column in order.map { column[$0] } }
    self.places = order.map { places?[$0] }
    indexOfCode = Dictionary(
      sorted.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    let codes = Set(sorted.map(\.prefecture)).sorted(by: isBefore)
    prefectures = codes
    let positions = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    prefectureOfCounty = sorted.map { positions[$0.prefecture] ?? 0 }
  }

  /// How many counties there are.
  public var count: Int { counties.count }

  /// The counties of each prefecture.
  ///
  /// Shape: [prefecture][county index].
  public var membersOfPrefectures: [[Int]] {
    var members = Array(repeating: [Int](), count: prefectures.count)
    for (county, prefecture) in prefectureOfCounty.enumerated() {
      members[prefecture].append(county)
    }
    return members
  }
}

/// Whether a code stands before another: by Unicode scalars, as text.
public func isBefore(_ left: String, _ right: String) -> Bool {
  left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
}
