"""The picture that other services show of a page when somebody shares its address."""
