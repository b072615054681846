"""The real outside behind the ports, and memory versions of it. Must not import ``webchat.api``."""
