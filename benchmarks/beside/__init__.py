"""The parts that `peers.py` sets side by side, a module each, and what measures them."""
