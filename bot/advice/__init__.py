"""Knowledge shared by both processes. Pure Python: no framework, no network, no clock of its own."""
