"""Kumla as data: the ground that the service stands on, and a demo with a past."""

from .demo import DEMO_PEOPLE, grow_demo
from .foundation import lay_foundation

__all__ = ["DEMO_PEOPLE", "grow_demo", "lay_foundation"]
