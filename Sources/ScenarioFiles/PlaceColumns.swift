import PolicyModel

/// The columns of `counties.csv` that say where a county lies, for maps.
struct PlaceColumns {
  /// Names of either column.
  static let names: Set = ["lon", "longitude", "lat", "latitude"]
  private let longitude: Int?
  private let latitude: Int?

  init(_ table: any DataTable) {
    longitude = table.header.firstIndex { $0 == "lon" || $0 == "longitude" }
    latitude = table.header.firstIndex { $0 == "lat" || $0 == "latitude" }
  }

  /// The place of each row; nil where both cells are empty.
  ///
  /// - Returns: Places by row; nil without the columns.
  func read(_ table: any DataTable, _ problems: inout [Problem]) -> [GeoPoint?]? {
    guard let longitude, let latitude else {
      if let alone = longitude ?? latitude { problems.append(lonely(alone, table)) }
      return nil
    }
    return (0..<table.rowCount).map { row in
      let east = degrees(table, row, longitude, largest: 180, &problems)
      let north = degrees(table, row, latitude, largest: 90, &problems)
      guard let east, let north else { return nil }
      if east.isNaN != north.isNaN { problems.append(half(row, table)) }
      return east.isNaN || north.isNaN ? nil : GeoPoint(longitude: east, latitude: north)
    }
  }

  /// NaN for an empty cell; nil for a mistake, which is reported.
  private func degrees(
    _ table: any DataTable, _ row: Int, _ column: Int, largest: Double, _ problems: inout [Problem]
  ) -> Double? {
    let value = try? table.number(row: row, column: column)
    if let value, value.isNaN || abs(value) <= largest { return value }
    let text = String(table.text(row: row, column: column).prefix(40))
    let limit = Int(largest)
    problems.append(
      table.problem(
        row: row, column: column,
        Wording(
          "\"\(text)\" is no number of degrees from −\(limit) to \(limit)",
          "“\(text)”不是−\(limit)至\(limit)之间的度数")))
    return nil
  }

  private func half(_ row: Int, _ table: any DataTable) -> Problem {
    Problem(
      table.location(row: row),
      Wording(
        "of longitude and latitude one is missing; give both, or leave both empty",
        "经度和纬度缺少其一；请同时填写或同时留空"))
  }

  private func lonely(_ column: Int, _ table: any DataTable) -> Problem {
    Problem(
      table.headerLocation, path: table.header[column],
      Wording(
        "a place needs both columns: longitude (lon) and latitude (lat)",
        "位置需要两列：经度（longitude或lon）和纬度（latitude或lat）"))
  }
}
