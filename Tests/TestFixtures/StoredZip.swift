/// Makes ZIP archives whose entries are not compressed, sound or with a directory that lies.
///
/// Source: PKWARE, .ZIP File Format Specification (APPNOTE), 4.3.
public struct StoredZip: Sendable {
  /// An entry.
  public struct Entry: Sendable {
    /// Its name.
    public var name: String
    /// Its content.
    public var content: [UInt8]
    /// The size that the directory gives; nil for the true one.
    public var statedSize: UInt32?
    /// The general purpose flags; 1 is encrypted.
    public var flags: UInt16
    /// The compression method; 0 is none.
    public var method: UInt16
    /// Added to the checksum.
    public var checksumError: UInt32

    /// Makes an entry.
    public init(
      _ name: String, _ content: [UInt8], statedSize: UInt32? = nil, flags: UInt16 = 0,
      method: UInt16 = 0, checksumError: UInt32 = 0
    ) {
      self.name = name
      self.content = content
      self.statedSize = statedSize
      self.flags = flags
      self.method = method
      self.checksumError = checksumError
    }
  }

  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Makes an archive.
  public init(_ entries: [Entry]) {
    for entry in entries { add(entry) }
  }

  /// Its bytes.
  public var bytes: [UInt8] {
    body + directory + little(0x0605_4B50, 4) + little(0, 4) + little(count, 2) + little(count, 2)
      + little(directory.count, 4) + little(body.count, 4) + little(0, 2)
  }

  private mutating func add(_ entry: Entry) {
    let name = Array(entry.name.utf8)
    let checksum = StoredZip.checksum(entry.content) &+ entry.checksumError
    let size = entry.statedSize.map { Int($0) } ?? entry.content.count
    // Version 20, UTF-8 names, no time.
    let shared =
      little(20, 2) + little(Int(entry.flags) | 0x0800, 2) + little(Int(entry.method), 2)
      + little(0, 4) + little(Int(checksum), 4) + little(entry.content.count, 4) + little(size, 4)
      + little(name.count, 2) + little(0, 2)
    directory +=
      little(0x0201_4B50, 4) + little(20, 2) + shared + little(0, 2) + little(0, 2) + little(0, 2)
      + little(0, 4) + little(body.count, 4) + name
    body += little(0x0403_4B50, 4) + shared + name + entry.content
    count += 1
  }

  private func little(_ value: Int, _ length: Int) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32 of ISO 3309.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var remainder: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      remainder = table[Int((remainder ^ UInt32(byte)) & 0xFF)] ^ (remainder >> 8)
    }
    return ~remainder
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1
    }
  }
}
