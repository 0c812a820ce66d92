"""The writer's pages: from the first words of a text to what became of it. Nobody needs the administration for them."""
