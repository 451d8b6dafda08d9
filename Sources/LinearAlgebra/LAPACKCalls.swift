import CLAPACK

/// The only place where Karez calls LAPACK, and the only unsafe code of this module.
///
/// Every pointer lives for the one call it is made for. LAPACK writes only within the sizes it
/// is told; these are checked before each call. A routine that finds a wrong argument is our
/// own mistake, so a negative status stops the program.
enum LAPACKCalls {
  /// Overwrites `matrix` with its factors and `target` with the solution of min ‖A x − b‖₂.
  ///
  /// - Parameters:
  ///   - matrix: A by columns. Shape: [column][row], flat.
  ///   - target: b, with room for the solution. Shape: [max(row, column)].
  ///   - rowCount: Rows of A.
  ///   - columnCount: Columns of A.
  ///   - rankTolerance: The rank is that of the largest leading triangle of R whose condition
  ///     number is below the inverse of this.
  /// - Returns: The rank.
  static func leastSquares(
    _ matrix: inout [Double], _ target: inout [Double], rowCount: Int, columnCount: Int,
    rankTolerance: Double
  ) -> Int {
    precondition(matrix.count == rowCount * columnCount, "a matrix needs all its entries")
    precondition(target.count == max(rowCount, columnCount), "the solution needs its room")
    let rows = Int32(rowCount)
    let columns = Int32(columnCount)
    let longest = Int32(target.count)
    var pivots = [Int32](repeating: 0, count: columnCount)
    var rank: Int32 = 0
    var status: Int32 = 0
    func call(_ work: inout [Double], _ length: Int32) {
      unsafe dgelsy_(
        [rows], [columns], [1], &matrix, [rows], &target, [longest], &pivots, [rankTolerance],
        &rank, &work, [length], &status)
      precondition(status == 0, "dgelsy refused argument \(-status)")
    }
    var size = [0.0]
    call(&size, -1)
    var work = [Double](repeating: 0, count: Int(size[0]))
    call(&work, Int32(work.count))
    return Int(rank)
  }

  /// Overwrites `matrix` with its eigenvectors, by ascending eigenvalue.
  ///
  /// - Parameters:
  ///   - matrix: A symmetric matrix by columns; only its lower triangle is read.
  ///   - order: Rows and columns.
  /// - Returns: The eigenvalues, and how many off-diagonal elements did not converge to 0.
  static func symmetricEigen(
    _ matrix: inout [Double], order: Int
  ) -> (values: [Double], unconverged: Int) {
    precondition(matrix.count == order * order, "a matrix needs all its entries")
    let size = Int32(order)
    let vectors = CChar(UInt8(ascii: "V"))
    let lower = CChar(UInt8(ascii: "L"))
    var values = [Double](repeating: 0, count: order)
    var status: Int32 = 0
    func call(_ work: inout [Double], _ length: Int32) {
      unsafe dsyev_(
        [vectors], [lower], [size], &matrix, [size], &values, &work, [length], &status, 1, 1)
      precondition(status >= 0, "dsyev refused argument \(-status)")
    }
    var wanted = [0.0]
    call(&wanted, -1)
    var work = [Double](repeating: 0, count: Int(wanted[0]))
    call(&work, Int32(work.count))
    return (values, Int(status))
  }

  /// Eigenvalues and both eigenvectors of each, in the order of LAPACK.
  ///
  /// - Parameters:
  ///   - matrix: A square matrix by columns; lost.
  ///   - order: Rows and columns.
  /// - Returns: Real and imaginary parts, the left and right eigenvectors by columns (of a complex
  ///   pair first the real, then the imaginary part), and 0 if the iteration came to its end.
  static func eigen(
    _ matrix: inout [Double], order: Int
  ) -> (real: [Double], imaginary: [Double], left: [Double], right: [Double], status: Int) {
    precondition(matrix.count == order * order, "a matrix needs all its entries")
    let size = Int32(order)
    let vectors = CChar(UInt8(ascii: "V"))
    var real = [Double](repeating: 0, count: order)
    var imaginary = real
    var left = [Double](repeating: 0, count: order * order)
    var right = left
    var status: Int32 = 0
    func call(_ work: inout [Double], _ length: Int32) {
      unsafe dgeev_(
        [vectors], [vectors], [size], &matrix, [size], &real, &imaginary, &left, [size], &right,
        [size], &work, [length], &status, 1, 1)
      precondition(status >= 0, "dgeev refused argument \(-status)")
    }
    var wanted = [0.0]
    call(&wanted, -1)
    var work = [Double](repeating: 0, count: Int(wanted[0]))
    call(&work, Int32(work.count))
    return (real, imaginary, left, right, Int(status))
  }
}
