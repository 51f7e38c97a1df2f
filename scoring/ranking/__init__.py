"""Ranking a corpus of any size: shards, parts, publishers, duplicates and an overview."""
