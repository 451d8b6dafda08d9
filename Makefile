# make demo   sets everything up and runs the Xinjiang comparison
# make test   sets everything up and runs every test
.PHONY: demo test lint bench record clean

xinjiang = Scenarios/xinjiang
karez = .build/release/karez

demo:
	@.ci/setup
	@swift build -c release --product karez
	@$(karez) run $(xinjiang)/baseline-2024.yaml $(xinjiang)/performance-30.yaml \
	  $(xinjiang)/quotas.yaml $(xinjiang)/no-gates.yaml --top 5

test:
	@.ci/setup
	@swift test

lint:
	@swift format lint --strict --recursive Sources Tests Benchmarks Scenarios Package.swift

bench:
	@.ci/setup
	@bash Benchmarks/run

record:
	@.ci/record

clean:
	@rm -rf .build Benchmarks/.build Benchmarks/.venv
