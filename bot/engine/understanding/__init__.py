"""Understanding of Dutch chat without Rasa, so that benches and evaluations can use it by itself."""
