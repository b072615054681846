"""The proofs of privacy: what is typed is looked for everywhere, and each search shows that it can find something."""
