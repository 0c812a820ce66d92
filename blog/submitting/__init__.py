"""How a text goes from its writers to the blog: whose turn it is, what each may do, and what follows of it."""
