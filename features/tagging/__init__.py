"""A trained tagger of attribution: which tokens are source, cue or content, and which belong together."""
