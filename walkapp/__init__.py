"""Trygghetsvandringar: from an observation on the spot to an action plan per district."""
