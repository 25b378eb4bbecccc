"""What the readers of text files share: encodings, lines, corrections."""
