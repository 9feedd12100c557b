"""The map: which note leads to which, where each stands, and the curves between them. Pure, and the same at every build."""
