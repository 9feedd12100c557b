"""Show: Notes and Verdicts → Garden → Artifacts → site/."""
