"""The whole of a run for its teachers: the dashboard, statistics, and comparisons with other runs of the course."""
