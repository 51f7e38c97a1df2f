"""The version of the package, where neither building nor importing needs anything else."""

VERSION = "0.1.0"
