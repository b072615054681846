"""The visitor's page in a real browser. The number in a test's name is that of the check it proves."""
