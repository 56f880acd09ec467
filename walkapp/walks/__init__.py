"""The walk: its plan, its code, its stops, and the phones that join it."""
