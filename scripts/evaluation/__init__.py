"""Measures understanding and advice. Sets are read, never written; figures carry 95 % intervals."""
