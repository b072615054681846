"""Rasa graph components: thin wrappers around bot.engine.understanding."""
