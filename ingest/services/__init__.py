"""What happens to statements, by step."""
