"""What we will do: åtgärder made of observations, worked on by those with the power to act, one plan a district."""
