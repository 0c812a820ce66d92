"""The gradebook of a run: learners by tasks, final grades, files for institutions, results from elsewhere."""
