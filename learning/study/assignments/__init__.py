"""What a learner hands in: rules, drafts, files, versions and the learning journal."""
