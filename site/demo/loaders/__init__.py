"""One module a kind of content: what its fields mean, and what they become."""
