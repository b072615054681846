"""Rasa actions: they translate slots to bot.advice and back, and do nothing else."""
