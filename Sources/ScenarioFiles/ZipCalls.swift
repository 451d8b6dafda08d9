import CZip

/// The only place where Karez calls libzip, and the only unsafe code of this module.
///
/// An archive is opened over bytes in memory for the length of one call; every pointer lives within
/// it. libzip checks the checksum of an entry when it has been read to its end.
enum ZipCalls {
  /// What the directory of an archive says of one entry.
  struct Entry {
    let name: String
    let size: UInt64
    let compressedSize: UInt64
    let isEncrypted: Bool
  }

  /// What came of reading an entry.
  enum Content {
    case bytes([UInt8])
    /// It holds more than its directory says.
    case tooLong
    /// A wrong checksum, a broken stream, or a compression that is not known.
    case damaged
  }

  /// The number of entries; nil if the bytes are no archive.
  static func entryCount(of bytes: [UInt8]) -> Int? {
    unsafe withArchive(bytes) { archive in Int(unsafe zip_get_num_entries(archive, 0)) }
  }

  /// The entries in the order of the directory; nil if the bytes are no archive or an entry of it
  /// cannot be described.
  static func entries(of bytes: [UInt8]) -> [Entry]? {
    let entries = unsafe withArchive(bytes) { archive in
      let count = max(0, unsafe zip_get_num_entries(archive, 0))
      return (0..<UInt64(count)).map { index in unsafe entry(archive, index) }
    }
    guard let entries, entries.allSatisfy({ $0 != nil }) else { return nil }
    return entries.compactMap { $0 }
  }

  /// The content of an entry.
  ///
  /// - Parameters:
  ///   - bytes: The archive.
  ///   - index: The entry's place in the directory.
  ///   - size: The size that the directory gives; no more than that is held.
  /// - Returns: The bytes, or why there are none.
  static func content(of bytes: [UInt8], entry index: Int, size: Int) -> Content {
    let content = unsafe withArchive(bytes) { archive -> Content in
      guard let file = unsafe zip_fopen_index(archive, UInt64(index), 0) else { return .damaged }
      defer { _ = unsafe zip_fclose(file) }
      return unsafe read(file, size)
    }
    return content ?? .damaged
  }

  private static func withArchive<Result>(
    _ bytes: [UInt8], _ body: (OpaquePointer) -> Result
  ) -> Result? {
    unsafe bytes.withUnsafeBytes { buffer in
      guard
        let source = unsafe zip_source_buffer_create(
          buffer.baseAddress, UInt64(buffer.count), 0, nil)
      else { return nil }
      guard let archive = unsafe zip_open_from_source(source, ZIP_RDONLY, nil) else {
        unsafe zip_source_free(source)
        return nil
      }
      defer { unsafe zip_discard(archive) }
      return unsafe body(archive)
    }
  }

  private static func entry(_ archive: OpaquePointer, _ index: UInt64) -> Entry? {
    var stat = unsafe zip_stat_t()
    unsafe zip_stat_init(&stat)
    guard unsafe zip_stat_index(archive, index, 0, &stat) == 0, let name = unsafe stat.name else {
      return nil
    }
    return Entry(
      name: unsafe String(cString: name), size: unsafe stat.size,
      compressedSize: unsafe stat.comp_size, isEncrypted: unsafe stat.encryption_method != 0)
  }

  /// Reads to the end: one byte more than the directory says is asked for, so that a longer entry
  /// is found out and a whole one has its checksum checked.
  private static func read(_ file: OpaquePointer, _ size: Int) -> Content {
    var content = [UInt8](repeating: 0, count: size + 1)
    var length = 0
    while length < content.count {
      let wanted = content.count - length
      let count = unsafe content.withUnsafeMutableBytes { buffer in
        unsafe zip_fread(file, buffer.baseAddress?.advanced(by: length), UInt64(wanted))
      }
      if count < 0 { return .damaged }
      if count == 0 { break }
      length += Int(count)
    }
    if length > size { return .tooLong }
    content.removeLast(content.count - length)
    return length == size ? .bytes(content) : .damaged
  }
}
