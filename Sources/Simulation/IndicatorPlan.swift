import PolicyModel

/// A value that the simulation carries from year to year.
enum StateVariable: Sendable, Hashable {
  case score
  case effort
  case income
  case assetStock
  case monitored
  case executionRate
  case spent
  case level(Int)
  case pipeline(Int)
}

/// Last year's amount of a stream, a name of formulas only.
enum LastAmount: Sendable, Hashable {
  case base(stream: Int)
  case final(stream: Int)
}

/// Where an indicator's value comes from (model, section 7), with names resolved.
struct IndicatorPlan: Sendable {
  enum Source: Sendable {
    /// The data.
    case data
    /// A formula; `isStatic` if it rests on data alone.
    case formula(FormulaNode, isStatic: Bool, location: SourceLocation?)
    /// The simulation itself.
    case state(StateVariable)
    /// Last year's amounts.
    case lastAmount(LastAmount)
  }

  let name: String
  let source: Source
  /// Values known before the run, NaN where there is none.
  ///
  /// Shape: [year][county], flat; empty where the value depends on the run.
  var table: [Double] = []

  var isStatic: Bool {
    switch source {
    case .data: true
    case .formula(_, let isStatic, _): isStatic
    case .state, .lastAmount: false
    }
  }
}

/// A formula whose names are resolved to indices.
indirect enum FormulaNode: Sendable {
  case number(Double)
  case indicator(Int)
  case negated(FormulaNode)
  case binary(Formula.Operator, FormulaNode, FormulaNode)
  case not(FormulaNode)
  case and(FormulaNode, FormulaNode)
  case or(FormulaNode, FormulaNode)
  case choice(FormulaNode, FormulaNode, FormulaNode)
  case function(Formula.Function, [FormulaNode])
  /// `id` names the figure among all figures of the plan, so that it is worked out once a year.
  case aggregate(Formula.Aggregate, [FormulaNode], id: Int)
}
