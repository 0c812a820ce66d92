"""Questions and answers among the people of a run."""
