"""An article to its score, the score to its reasons, and both to something a person or a program reads."""
