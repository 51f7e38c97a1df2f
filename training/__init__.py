"""Labelled articles to a model: reading labels, splitting by publisher, fitting, evaluating."""
