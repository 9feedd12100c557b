"""Check: Notes → Verdicts. The only stage that runs an author's code, in processes of its own."""
