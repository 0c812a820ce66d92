"""The teacher's pages in the administration: the learners of a run."""
