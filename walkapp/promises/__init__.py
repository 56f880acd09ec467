"""What we promised: the signed pledges with their periods, their promises, and the themes that fall under each."""
