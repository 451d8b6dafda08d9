/// Rewards and deductions of one stream in one year, worked out for grades in place of counties.
///
/// Where reward units are measured by base amounts and nothing is rounded, deduction, units and
/// largest reward of a county are all in proportion to its base amount, by factors that its grade
/// gives. So counties of one grade come to the same final amount per fen, and the law of section 4
/// may be applied to the sums by grade: to five recipients, whatever the number of counties.
public struct GradeClasses<Number: LawNumber>: Sendable {
  /// A to D, and those without a grade.
  @inlinable public static var count: Int { 5 }

  /// Deductions, rewards and final amounts of the classes.
  ///
  /// Fen.
  public var outcome: IncentiveOutcome<Number>
  /// Σ a of each class.
  ///
  /// Shape: [class]. Fen.
  @usableFromInline var amounts: [Number]
  @usableFromInline var rates: GradeRates<Number>
  /// Of each class, per fen of base amount.
  ///
  /// Shape: [class].
  @usableFromInline var finalPerFen: [Number]

  /// Room to be filled year after year.
  public init() {
    amounts = Array(repeating: Number.zero, count: GradeClasses.count)
    outcome = IncentiveOutcome(base: amounts)
    outcome.basis = amounts
    rates = GradeRates(countyCount: GradeClasses.count)
    finalPerFen = amounts
  }

  /// Works out a stream.
  ///
  /// - Parameters:
  ///   - table: The rates of each grade.
  ///   - base: a, base amounts. Shape: [county]. Fen.
  ///   - reserve: R0. Fen.
  ///   - grades: 0 for A to 3 for D, missing for none. Shape: [county].
  ///   - money: A rule that keeps proportions.
  @inlinable public mutating func workOut<Rule: MoneyRule>(
    _ table: GradeIncentives<Number>, base: [Number], reserve: Number, grades: [Number],
    money: Rule
  ) where Rule.Number == Number {
    precondition(Rule.keepsProportions, "rounded amounts are not in proportion")
    sum(base, grades)
    setRates(table)
    table.workOut(&outcome, base: amounts, reserve: reserve, rates: rates, money: money)
    for index in finalPerFen.indices {
      let amount = amounts[index]
      finalPerFen[index] = Number.choose(
        amount .> Number.zero, outcome.final[index] / amount, Number.one)
    }
  }

  @inlinable mutating func sum(_ base: [Number], _ grades: [Number]) {
    var (a, b, c, d) = (Number.zero, Number.zero, Number.zero, Number.zero)
    var none = Number.zero
    let (amounts, grades) = (base.span, grades.span)
    precondition(amounts.count == grades.count, "grades of others")
    for county in 0..<amounts.count {
      let (amount, grade) = (amounts[county], grades[county])
      a = a + Number.choose(grade .== Number.zero, amount, Number.zero)
      b = b + Number.choose(grade .== Number.one, amount, Number.zero)
      c = c + Number.choose(grade .== Number(repeating: 2), amount, Number.zero)
      d = d + Number.choose(grade .== Number(repeating: 3), amount, Number.zero)
      none = none + Number.choose(grade.isThere, Number.zero, amount)
    }
    self.amounts[0] = a
    self.amounts[1] = b
    self.amounts[2] = c
    self.amounts[3] = d
    self.amounts[4] = none
    outcome.basis.set(self.amounts)
  }

  @inlinable mutating func setRates(_ table: GradeIncentives<Number>) {
    for index in 0..<4 {
      rates.rewards[index] = table.rewards[index]
      rates.deductions[index] = table.deductions[index]
    }
  }

  /// The entry of a county's class.
  @inlinable @inline(__always)
  static func choose(_ values: Row, _ grade: Number) -> Number {
    var value = Number.choose(grade .== Number.zero, values.a, values.none)
    value = Number.choose(grade .== Number.one, values.b, value)
    value = Number.choose(grade .== Number(repeating: 2), values.c, value)
    return Number.choose(grade .== Number(repeating: 3), values.d, value)
  }

  /// One number of each class.
  @usableFromInline struct Row {
    @usableFromInline let a: Number
    @usableFromInline let b: Number
    @usableFromInline let c: Number
    @usableFromInline let d: Number
    @usableFromInline let none: Number

    @inlinable init(_ values: [Number]) {
      a = values[0]
      b = values[1]
      c = values[2]
      d = values[3]
      none = values[4]
    }
  }

  /// Writes the final amounts of the counties.
  ///
  /// - Parameters:
  ///   - final: f. Shape: [county]. Fen.
  ///   - base: a. Shape: [county]. Fen.
  ///   - grades: As in `workOut`. Shape: [county].
  @inlinable public func setFinal(_ final: inout [Number], base: [Number], grades: [Number]) {
    let row = Row(finalPerFen)
    var finals = final.mutableSpan
    let (amounts, grades) = (base.span, grades.span)
    precondition(
      amounts.count == finals.count && grades.count == finals.count, "columns of others")
    for county in 0..<amounts.count {
      finals[county] = amounts[county] * GradeClasses.choose(row, grades[county])
    }
  }

  /// Writes the counties' parts of what the classes came to.
  ///
  /// - Parameters:
  ///   - outcome: Room; its rewards and deductions are set. Shape: [county]. Fen.
  ///   - base: a. Shape: [county]. Fen.
  ///   - grades: As in `workOut`. Shape: [county].
  @inlinable public func spread(
    over outcome: inout IncentiveOutcome<Number>, base: [Number], grades: [Number]
  ) {
    func perFen(_ amounts: [Number]) -> Row {
      Row(
        amounts.indices.map { index in
          Number.choose(
            self.amounts[index] .> Number.zero, amounts[index] / self.amounts[index], Number.zero)
        })
    }
    let (rewards, deductions) = (perFen(self.outcome.reward), perFen(self.outcome.deduction))
    outcome.reward.set(base, grades) { $0 * GradeClasses.choose(rewards, $1) }
    outcome.deduction.set(base, grades) { $0 * GradeClasses.choose(deductions, $1) }
  }
}
