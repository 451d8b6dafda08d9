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

  /// Overwrites `matrix` with R above its diagonal and the reflections of Q below.
  ///
  /// - Parameters:
  ///   - matrix: A by columns. Shape: [column][row], flat.
  ///   - rowCount: Rows of A.
  ///   - columnCount: Columns of A, at most as many as rows.
  /// - Returns: The factors of the reflections. Shape: [column].
  static func factor(
    _ matrix: inout [Double], rowCount: Int, columnCount: Int
  ) -> [Double] {
    precondition(matrix.count == rowCount * columnCount, "a matrix needs all its entries")
    let rows = Int32(rowCount)
    let columns = Int32(columnCount)
    var reflections = [Double](repeating: 0, count: columnCount)
    var status: Int32 = 0
    func call(_ work: inout [Double], _ length: Int32) {
      unsafe dgeqrf_(
        [rows], [columns], &matrix, [rows], &reflections, &work, [length], &status)
      precondition(status == 0, "dgeqrf refused argument \(-status)")
    }
    var wanted = [0.0]
    call(&wanted, -1)
    var work = [Double](repeating: 0, count: Int(wanted[0]))
    call(&work, Int32(work.count))
    return reflections
  }

  /// Overwrites a vector with Q times it, or the transpose of Q times it.
  ///
  /// - Parameters:
  ///   - vector: Shape: [row].
  ///   - factors: What `factor` left. Shape: [column][row], flat.
  ///   - reflections: What `factor` returned. Shape: [column].
  ///   - isTransposed: Whether to multiply by the transpose.
  static func multiply(
    _ vector: inout [Double], factors: [Double], reflections: [Double], isTransposed: Bool
  ) {
    precondition(factors.count == vector.count * reflections.count, "factors of another shape")
    let rows = Int32(vector.count)
    let columns = Int32(reflections.count)
    let left = CChar(UInt8(ascii: "L"))
    let transposition = CChar(UInt8(ascii: isTransposed ? "T" : "N"))
    var status: Int32 = 0
    func call(_ work: inout [Double], _ length: Int32) {
      unsafe dormqr_(
        [left], [transposition], [rows], [1], [columns], factors, [rows], reflections, &vector,
        [rows], &work, [length], &status, 1, 1)
      precondition(status == 0, "dormqr refused argument \(-status)")
    }
    var wanted = [0.0]
    call(&wanted, -1)
    var work = [Double](repeating: 0, count: Int(wanted[0]))
    call(&work, Int32(work.count))
  }

  /// Overwrites the first entries of a vector with the solution of R x = b, or of Rᵀ x = b.
  ///
  /// - Parameters:
  ///   - triangle: R in the upper triangle of its first rows. Shape: [column][row], flat.
  ///   - rowCount: Rows that each column has.
  ///   - order: Rows and columns of R.
  ///   - vector: b. Shape: [order].
  ///   - isTransposed: Whether to solve with the transpose.
  /// - Returns: Whether no diagonal element of R is 0.
  static func solveTriangle(
    _ triangle: [Double], rowCount: Int, order: Int, _ vector: inout [Double], isTransposed: Bool
  ) -> Bool {
    precondition(triangle.count >= rowCount * order, "a triangle needs all its entries")
    precondition(vector.count == order && rowCount >= order, "a solution needs its room")
    let size = Int32(order)
    let upper = CChar(UInt8(ascii: "U"))
    let transposition = CChar(UInt8(ascii: isTransposed ? "T" : "N"))
    let plain = CChar(UInt8(ascii: "N"))
    var status: Int32 = 0
    unsafe dtrtrs_(
      [upper], [transposition], [plain], [size], [1], triangle, [Int32(rowCount)], &vector, [size],
      &status, 1, 1, 1)
    precondition(status >= 0, "dtrtrs refused argument \(-status)")
    return status == 0
  }

  /// Overwrites the upper triangle of a symmetric matrix with its Cholesky factor R, A = Rᵀ R.
  ///
  /// - Parameters:
  ///   - matrix: By columns; only its upper triangle is read. Shape: [column][row], flat.
  ///   - order: Rows and columns.
  /// - Returns: Whether the matrix is positive definite.
  static func cholesky(_ matrix: inout [Double], order: Int) -> Bool {
    precondition(matrix.count == order * order, "a matrix needs all its entries")
    let size = Int32(order)
    let upper = CChar(UInt8(ascii: "U"))
    var status: Int32 = 0
    unsafe dpotrf_([upper], [size], &matrix, [size], &status, 1)
    precondition(status >= 0, "dpotrf refused argument \(-status)")
    return status == 0
  }

  /// Singular values, the largest first, and the right singular vectors as rows.
  ///
  /// - Parameters:
  ///   - matrix: A by columns; overwritten. Shape: [column][row], flat.
  ///   - rowCount: Rows of A.
  ///   - columnCount: Columns of A.
  /// - Returns: Values; vectors by columns of Vᵀ, Shape: [column][vector], flat; and whether the
  ///   iteration came to its end.
  static func singularValues(
    _ matrix: inout [Double], rowCount: Int, columnCount: Int
  ) -> (values: [Double], vectors: [Double], isConverged: Bool) {
    precondition(matrix.count == rowCount * columnCount, "a matrix needs all its entries")
    let rows = Int32(rowCount)
    let columns = Int32(columnCount)
    let none = CChar(UInt8(ascii: "N"))
    let all = CChar(UInt8(ascii: "A"))
    var values = [Double](repeating: 0, count: min(rowCount, columnCount))
    var left = [0.0]
    var vectors = [Double](repeating: 0, count: columnCount * columnCount)
    var status: Int32 = 0
    func call(_ work: inout [Double], _ length: Int32) {
      unsafe dgesvd_(
        [none], [all], [rows], [columns], &matrix, [rows], &values, &left, [1], &vectors,
        [columns], &work, [length], &status, 1, 1)
      precondition(status >= 0, "dgesvd refused argument \(-status)")
    }
    var wanted = [0.0]
    call(&wanted, -1)
    var work = [Double](repeating: 0, count: Int(wanted[0]))
    call(&work, Int32(work.count))
    return (values, vectors, status == 0)
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
