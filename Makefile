# make demo   sets everything up and runs the Xinjiang comparison
# make test   sets everything up and runs every test
# make test-documents   opens workbooks and pages in other programs
# make pictures   makes the pictures of the documentation anew
.PHONY: demo test test-documents lint static native bench record pictures clean

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

# Heavy checks of workbooks with openpyxl and LibreOffice; installs some 500 MB.
test-documents:
	@.ci/test-documents

lint:
	@swift format lint --strict --recursive Sources Tests Benchmarks Scenarios Package.swift

# For machines without Swift: .build-static/portable/karez, which runs on any processor, and beside it
# the same for newer ones, as which it goes on where it may. (The linker warns of mktemp in the
# toolchain's own Foundation; Karez does not call it.)
static:
	@KAREZ_PACKAGES=libxml2-dev .ci/setup
	@.ci/build-variants .build-static karez --static-swift-stdlib -Xlinker -s
	@.ci/check-variants .build-static/portable

# For the processor it is built on and no other: .build-native/release/karez, the law in draws three times as
# fast as those of the plain build.
native:
	@.ci/setup
	@swift build -c release -Xcc -march=native -Xswiftc -DKAREZ_NATIVE --scratch-path .build-native \
	  --product karez

bench:
	@.ci/setup
	@bash Benchmarks/run

record:
	@.ci/record

# The pictures of Documentation/charts.md.
pictures:
	@KAREZ_PACKAGES="chromium fonts-noto-cjk" .ci/setup
	@swift build -c release --product karez
	@dir=$$(mktemp -d) && trap 'rm -r "$$dir"' EXIT && \
	  $(karez) compare $(xinjiang)/baseline-2024.yaml $(xinjiang)/performance-30.yaml \
	    $(xinjiang)/quotas.yaml --draws 200 --out "$$dir/en" --lang en --quiet > /dev/null && \
	  $(karez) chart "$$dir/en" --kind all --out Documentation/pictures --lang en --quiet && \
	  $(karez) run $(xinjiang)/baseline-2024.yaml $(xinjiang)/performance-30.yaml \
	    $(xinjiang)/quotas.yaml --out "$$dir/zh" --lang zh --quiet > /dev/null && \
	  for lang in en zh; do \
	    chromium --headless=new --no-sandbox --hide-scrollbars --window-size=1100,1000 \
	      --screenshot="$$PWD/Documentation/pictures/report-$$lang.png" "file://$$dir/$$lang/report.html" \
	      2> /dev/null; done

clean:
	@rm -rf .build .build-* Benchmarks/.build Benchmarks/.build-* Benchmarks/.venv
