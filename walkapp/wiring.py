"""What happens in the same transaction when something else does: one visible list, for the service and for its demo.

A feature must not know those to its right, so what they want to do stands here and not in it.
"""

from walkapp.actions import service as actions
from walkapp.observations import service as observations

observations.ON_FILED[:] = [actions.propose]
