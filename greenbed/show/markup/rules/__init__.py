"""How each kind of Markdown token becomes HTML; one module for each family of tokens, each with its `RULES`."""
