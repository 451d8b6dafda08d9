/// How many columns of a terminal a text takes.
///
/// East Asian wide and full-width characters take two, combining marks none.
/// Source: Unicode Standard Annex 11, East Asian Width; the blocks that occur in practice.
public func displayWidth(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + scalarWidth($1) }
}

private func scalarWidth(_ scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return scalar.value < 32 ? 0 : 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
}

private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
  0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
  0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
]

/// The text without control characters, line ends excepted, so that a name from a file cannot
/// steer a terminal.
public func withoutControls(_ text: String) -> String {
  let isClean = text.utf8.allSatisfy { $0 >= 32 && $0 != 127 || $0 == 10 }
  if isClean { return text }
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    let isControl = (scalar.value < 32 && scalar.value != 10) || scalar.value == 127
    scalars.append(isControl ? "\u{FFFD}" : scalar)
  }
  return String(scalars)
}

/// The text filled up with spaces to a width.
public func padded(_ text: String, to width: Int, _ alignment: Table.Alignment) -> String {
  let fill = String(repeating: " ", count: max(0, width - displayWidth(text)))
  return alignment == .leading ? text + fill : fill + text
}
