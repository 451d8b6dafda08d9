import FundAllocation
import PolicyModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which formula is worked out, for which county.
struct FormulaContext {
  let name: String
  let county: Int
  let location: SourceLocation?
}

/// A figure over all counties, or the error that it met; `covers` says for which draws it holds.
struct AggregateFigure<Number: LawNumber>: Sendable {
  let result: Result<[Number], LawError>
  let covers: Number.Mask
}

extension LawNumber {
  /// Applies a function of the mathematical library draw by draw.
  func mapped(_ function: (Double) -> Double) -> Self {
    var result = self
    for draw in 0..<Self.drawCount { result[draw] = function(self[draw]) }
    return result
  }

  /// `self` to a power, draw by draw.
  func raised(to exponent: Self) -> Self {
    var result = self
    for draw in 0..<Self.drawCount { result[draw] = pow(self[draw], exponent[draw]) }
    return result
  }
}

extension Simulator {
  /// Works a formula out for the active draws.
  ///
  /// `if`, `and`, `or` work out only the part that decides; every step must be finite.
  mutating func evaluate(
    _ node: FormulaNode, _ context: FormulaContext, active: Number.Mask
  ) throws(LawError) -> Number {
    switch node {
    case .number(let value): return Number(repeating: value)
    case .indicator(let index):
      let reader = Reference(
        name: context.name, path: "derived.\(context.name)", location: context.location)
      return try value(index, county: context.county, active: active, reader: reader)
    case .negated(let x): return Number.zero - (try evaluate(x, context, active: active))
    case .binary(let sign, let a, let b):
      let left = try evaluate(a, context, active: active)
      let right = try evaluate(b, context, active: active)
      return try binary(sign, left, right, context, active)
    case .not(let x):
      return Number.indicator(try evaluate(x, context, active: active) .== Number.zero)
    case .and, .or, .choice: return try branch(node, context, active)
    case .function(let function, let arguments):
      return try call(function, arguments, context, active)
    case .aggregate(let aggregate, let arguments, let id):
      let figure = try figure(aggregate, arguments, id, context, active)
      return figure.count == 1 ? figure[0] : figure[context.county]
    }
  }

  /// `and`, `or` and `if`: the second part only where the first does not decide.
  private mutating func branch(
    _ node: FormulaNode, _ context: FormulaContext, _ active: Number.Mask
  ) throws(LawError) -> Number {
    switch node {
    case .and(let a, let b):
      let left = isTrue(try evaluate(a, context, active: active))
      let right = isTrue(try evaluate(b, context, where: active .& left))
      return Number.indicator(left .& right)
    case .or(let a, let b):
      let left = isTrue(try evaluate(a, context, active: active))
      let right = isTrue(try evaluate(b, context, where: active .& (.!left)))
      return Number.indicator(left .| right)
    case .choice(let condition, let a, let b):
      let holds = isTrue(try evaluate(condition, context, active: active))
      let first = try evaluate(a, context, where: active .& holds)
      let second = try evaluate(b, context, where: active .& (.!holds))
      return Number.choose(holds, first, second)
    default: return Number.zero
    }
  }

  private func isTrue(_ value: Number) -> Number.Mask { .!(value .== Number.zero) }

  /// The value where any draw needs it, else 0 without looking.
  private mutating func evaluate(
    _ node: FormulaNode, _ context: FormulaContext, where active: Number.Mask
  ) throws(LawError) -> Number {
    active.holdsForAny ? try evaluate(node, context, active: active) : Number.zero
  }

  private mutating func binary(
    _ sign: Formula.Operator, _ a: Number, _ b: Number, _ context: FormulaContext,
    _ active: Number.Mask
  ) throws(LawError) -> Number {
    switch sign {
    case .plus: return try finite(a + b, context, active)
    case .minus: return try finite(a - b, context, active)
    case .times: return try finite(a * b, context, active)
    case .over:
      try refuseZero(b, context, active)
      return try finite(a / b, context, active)
    case .power: return try finite(a.raised(to: b), context, active)
    case .less: return Number.indicator(a .< b)
    case .lessOrEqual: return Number.indicator(a .<= b)
    case .greater: return Number.indicator(a .> b)
    case .greaterOrEqual: return Number.indicator(a .>= b)
    case .equal: return Number.indicator(a .== b)
    case .notEqual: return Number.indicator(.!(a .== b))
    }
  }

  private mutating func refuseZero(
    _ divisor: Number, _ context: FormulaContext, _ active: Number.Mask
  ) throws(LawError) {
    try refuse(where: active .& (divisor .== Number.zero)) {
      .divisionByZero(
        formula: context.name, county: $0.county(context.county), year: $0.year,
        location: context.location)
    }
  }

  private mutating func finite(
    _ value: Number, _ context: FormulaContext, _ active: Number.Mask
  ) throws(LawError) -> Number {
    try refuse(where: active .& (.!value.isFiniteNumber)) {
      .notFinite(
        formula: context.name, county: $0.county(context.county), year: $0.year,
        location: context.location)
    }
    return value
  }

  private mutating func call(
    _ function: Formula.Function, _ arguments: [FormulaNode], _ context: FormulaContext,
    _ active: Number.Mask
  ) throws(LawError) -> Number {
    var values: [Number] = []
    for argument in arguments { values.append(try evaluate(argument, context, active: active)) }
    let x = values[0]
    switch function {
    case .min: return values.dropFirst().reduce(x) { Number.least($0, $1) }
    case .max: return values.dropFirst().reduce(x) { Number.greatest($0, $1) }
    case .abs: return Number.greatest(x, Number.zero - x)
    case .clip: return Number.least(values[2], Number.greatest(values[1], x))
    case .sqrt: return try finite(x.mapped { $0.squareRoot() }, context, active)
    case .ln: return try finite(x.mapped { log($0) }, context, active)
    case .exp: return try finite(x.mapped { Glibc.exp($0) }, context, active)
    }
  }

  // MARK: Figures over all counties

  private mutating func figure(
    _ aggregate: Formula.Aggregate, _ arguments: [FormulaNode], _ id: Int,
    _ context: FormulaContext, _ active: Number.Mask
  ) throws(LawError) -> [Number] {
    if let known = aggregates[id], !(active .& (.!known.covers)).holdsForAny {
      return try known.result.get()
    }
    do throws(LawError) {
      let values = try workOut(aggregate, arguments, context, active)
      aggregates[id] = AggregateFigure(result: .success(values), covers: active)
      return values
    } catch {
      aggregates[id] = AggregateFigure(result: .failure(error), covers: active)
      throw error
    }
  }

  private mutating func workOut(
    _ aggregate: Formula.Aggregate, _ arguments: [FormulaNode], _ context: FormulaContext,
    _ active: Number.Mask
  ) throws(LawError) -> [Number] {
    var columns: [[Number]] = []
    for argument in arguments { columns.append(try column(argument, context, active)) }
    let x = columns[0]
    let sum = x.reduce(Number.zero, +)
    switch aggregate {
    case .sum: return [try finite(sum, context, active)]
    case .mean: return [try finite(sum / Number(repeating: Double(x.count)), context, active)]
    case .highest: return [x.dropFirst().reduce(x[0]) { Number.greatest($0, $1) }]
    case .lowest: return [x.dropFirst().reduce(x[0]) { Number.least($0, $1) }]
    case .rank: return ranks(of: x)
    case .wmean:
      let weight = columns[1].reduce(Number.zero, +)
      try refuseZero(weight, context, active)
      let weighted = zip(x, columns[1]).reduce(Number.zero) { $0 + $1.0 * $1.1 }
      return [try finite(weighted / weight, context, active)]
    }
  }

  private mutating func column(
    _ node: FormulaNode, _ context: FormulaContext, _ active: Number.Mask
  ) throws(LawError) -> [Number] {
    var values: [Number] = []
    values.reserveCapacity(plan.countyCount)
    for county in 0..<plan.countyCount {
      let own = FormulaContext(name: context.name, county: county, location: context.location)
      values.append(try evaluate(node, own, active: active))
    }
    return values
  }

  /// 1 for the largest, ties share the average.
  private func ranks(of values: [Number]) -> [Number] {
    var result = values
    for draw in 0..<Number.drawCount {
      let own = values.map { $0[draw] }
      let order = own.indices.sorted { own[$0] > own[$1] }
      var start = 0
      while start < order.count {
        var end = start
        while end + 1 < order.count, own[order[end + 1]] == own[order[start]] { end += 1 }
        let rank = Double(start + end) / 2 + 1
        for position in start...end { result[order[position]][draw] = rank }
        start = end + 1
      }
    }
    return result
  }
}

extension Plan {
  /// Works out, once, every formula that rests on data alone.
  mutating func fillStaticTables() {
    let formulas = indicators.indices.filter { index in
      if case .formula(_, isStatic: true, _) = indicators[index].source { return true }
      return false
    }
    for index in formulas {
      indicators[index].table = staticTable(of: index)
    }
  }

  /// NaN where the formula ends in an error; reading it there raises that error.
  private func staticTable(of index: Int) -> [Double] {
    var simulator = Simulator(
      plan: self, money: LedgerMoney(quantum: scenario.quantum), parameters: [])
    var table = [Double](repeating: .nan, count: yearCount * countyCount)
    for year in 0..<yearCount {
      simulator.yearIndex = year
      simulator.aggregates.removeAll()
      for county in 0..<countyCount {
        guard
          let value = try? simulator.valueIfThere(index, county: county, active: true)
        else { continue }
        table[year * countyCount + county] = value
      }
    }
    return table
  }
}
