"""The learner's pages of an assignment and of a learning journal."""
