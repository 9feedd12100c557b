"""Tokens → HTML: prose, code, maths."""
