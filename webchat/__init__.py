"""The public service: what a visitor's page talks to. Must never import Rasa or anything of ``bot.engine``."""
