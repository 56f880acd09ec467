"""Who may do what: one enum, one table. What a role sees *of* a thing is each feature's `policy.py`."""

from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    LEADER = "leader"
    STAFF = "staff"
    OFFICIAL = "official"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.ADMIN: "administratör",
    Role.LEADER: "samordnare",
    Role.STAFF: "handläggare",
    Role.OFFICIAL: "läsare",
}


class Permission(StrEnum):
    VIEW_MAP = "view-map"
    VIEW_PLAN = "view-plan"
    VIEW_OBSERVATIONS = "view-observations"
    VIEW_WALKS = "view-walks"
    LEAD_WALKS = "lead-walks"
    WORK_ACTIONS = "work-actions"
    GROUP_ACTIONS = "group-actions"
    VERIFY_ACTIONS = "verify-actions"
    EXPORT = "export"
    MANAGE_USERS = "manage-users"
    OWN_ACCOUNT = "own-account"
    FILE_OBSERVATION = "file-observation"


_READ = frozenset(
    {
        Permission.VIEW_MAP,
        Permission.VIEW_PLAN,
        Permission.VIEW_OBSERVATIONS,
        Permission.VIEW_WALKS,
        Permission.EXPORT,
        Permission.OWN_ACCOUNT,
    }
)
_WORK = _READ | {Permission.WORK_ACTIONS, Permission.GROUP_ACTIONS}
_LEAD = _WORK | {Permission.LEAD_WALKS, Permission.VERIFY_ACTIONS}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OFFICIAL: _READ,
    Role.STAFF: _WORK,
    Role.LEADER: _LEAD,
    Role.ADMIN: _LEAD | {Permission.MANAGE_USERS},
}

# A walker has no account: a walk token, good for one walk, and this.
WALKER_PERMISSIONS = frozenset({Permission.FILE_OBSERVATION})
