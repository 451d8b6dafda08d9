import PolicyModel

extension Plan {
  /// The plan with other values of some of its uncertain parameters, the same in every year.
  ///
  /// - Parameter values: Keys with values; money in fen.
  /// - Returns: A plan that runs like that of a scenario with these values.
  /// - Precondition: The parameters are uncertain, so that nothing of them is worked out beforehand.
  public func setting(_ values: [(path: String, value: Double)]) -> Plan {
    var plan = self
    for entry in values {
      for slot in parameters.indices where parameters[slot].path == entry.path {
        precondition(isUncertain[slot], "only what is open can be set")
        let old = parameters[slot]
        let step = Parameter.Step(
          year: nil, value: entry.value, location: old.steps[0].location)
        plan.parameters[slot] = Parameter(path: old.path, steps: [step], domain: old.domain)
      }
    }
    return plan
  }
}
