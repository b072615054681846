"""What the bot knows: advice (pure Python) and the Rasa engine."""
