"""Who: users with a role, the units and districts they work for, and how they sign in."""
