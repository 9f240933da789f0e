"""Import and export against the quickest plain ways to do the same."""

from tests.benchmarks.harness import Benchmark

BENCHMARKS: list[Benchmark] = []
