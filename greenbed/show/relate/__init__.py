"""How notes relate: links, names, addresses, tags, terms, order."""
