"""Measures how fast the product answers, beside Rasa as it comes. Traffic stays on loopback."""
