"""The Rasa engine. The only code that imports rasa; it never imports webchat."""
