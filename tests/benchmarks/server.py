"""The benchmarks' server process: that of `make run` with another application in it."""

from common.processes import end_with_parent
from config.web import server

if __name__ == "__main__":
    end_with_parent()
    server("tests.benchmarks.wsgi:application").serve()
