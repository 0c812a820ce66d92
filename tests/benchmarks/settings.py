"""Settings of the benchmarks' server: those of `make run`, and an address for comparison. Production has neither."""

from config.settings.local import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
