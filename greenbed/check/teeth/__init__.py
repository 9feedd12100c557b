"""Mutation testing of the notes: would their checks notice if the code were wrong?"""
