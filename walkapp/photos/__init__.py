"""Photos: one way in for all of them, and out only to those who may see."""
