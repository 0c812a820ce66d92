"""The pages of a quiz: before it, while answering, after it."""
