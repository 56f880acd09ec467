"""What was seen and felt at a place: filed by a phone or a form, once, and never lost."""
